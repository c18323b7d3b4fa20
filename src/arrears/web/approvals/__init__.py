"""What waits for somebody's yes: settlements, waivers, arrangements, direct payments as others report them."""
