"""Writers of camt.053, MT940 and BAI2: one statement a day, streamed, balances and control totals right.

Each yields text and hands the id of every line, as our readers number them, to the key.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

from statement_damage import Made

ACCOUNT = "DE31999999990000004711"
Told = Callable[[str, Made], None]
_TYPES = {"payment": "NTRF", "duplicate": "NTRF", "stranger": "NTRF", "fee": "NCHG", "return": "NRTI"}


def camt053(days: Iterable[list[Made]], told: Told, currency: str, seed: int) -> Iterator[str]:
    """Yield a camt.053 of version 2 or 8, by seed, with a ``Stmt`` for each day."""
    version = ("02", "08")[seed % 2]
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        "<BkToCstmrStmt><GrpHdr><MsgId>MADE</MsgId><CreDtTm>2026-01-01T06:00:00</CreDtTm></GrpHdr>\n"
    )
    balance = 1_000_000
    for at, lines in enumerate(days, 1):
        opening, balance = balance, balance + sum(line.amount_minor for line in lines)
        on = lines[0].on
        yield (
            f"<Stmt><Id>S{at}</Id><LglSeqNb>{at}</LglSeqNb><CreDtTm>{on}T23:00:00</CreDtTm>"
            f"<Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>{currency}</Ccy></Acct>"
            f"{_bal('OPBD', opening, on, currency)}{_bal('CLBD', balance, on, currency)}\n"
        )
        for number, line in enumerate(lines, 1):
            _tell(told, f"{at}.{number}", line)
            yield _entry(line, currency, new=version == "08")
        yield "</Stmt>\n"
    yield "</BkToCstmrStmt></Document>\n"


def _tell(told: Told, number: str, line: Made) -> None:
    if line.parts:
        for at, part in enumerate(line.parts, 1):
            told(f"{number}.{at}", part)
    else:
        told(number, line)


def _money(amount: int) -> str:
    return f"{abs(amount) // 100}.{abs(amount) % 100:02d}"


def _bal(kind: str, amount: int, on: date, currency: str) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{_money(amount)}</Amt>'
        f"<CdtDbtInd>{'DBIT' if amount < 0 else 'CRDT'}</CdtDbtInd><Dt><Dt>{on}</Dt></Dt></Bal>"
    )


def _entry(line: Made, currency: str, *, new: bool) -> str:
    sign = "DBIT" if line.amount_minor < 0 else "CRDT"
    family = {"return": "IDDT</Cd><SubFmlyCd>UPDD", "fee": "MCOP</Cd><SubFmlyCd>CHRG"}.get(
        line.kind, "RCDT</Cd><SubFmlyCd>ESCT"
    )
    status = "<Sts><Cd>BOOK</Cd></Sts>" if new else "<Sts>BOOK</Sts>"
    details = "".join(_details(part, currency, new=new) for part in line.parts or (line,))
    batch = f"<Btch><NbOfTxs>{len(line.parts)}</NbOfTxs></Btch>" if line.parts else ""
    return (
        f'<Ntry><Amt Ccy="{currency}">{_money(line.amount_minor)}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>{line.on}</Dt></BookgDt><ValDt><Dt>{line.on}</Dt></ValDt><AcctSvcrRef>{line.bank}</AcctSvcrRef>"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls>{batch}{details}"
        "</NtryDtls></Ntry>\n"
    )


def _details(line: Made, currency: str, *, new: bool) -> str:
    told = [f"<Refs>{_tag('EndToEndId', line.end_to_end or 'NOTPROVIDED')}</Refs>"]
    if new:
        told.append(f'<Amt Ccy="{currency}">{_money(line.amount_minor)}</Amt>')
    else:
        told.append(f'<AmtDtls><TxAmt><Amt Ccy="{currency}">{_money(line.amount_minor)}</Amt></TxAmt></AmtDtls>')
    name = _tag("Nm", line.name)
    party = f"<Pty>{name}</Pty>" if new and name else name
    account = f"<DbtrAcct><Id><IBAN>{line.account}</IBAN></Id></DbtrAcct>" if line.account else ""
    told.append(
        f"<RltdPties>{f'<Dbtr>{party}</Dbtr>' if party else ''}{account}</RltdPties>" if party or account else ""
    )
    creditor = (
        "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp>"
        f"<Ref>{escape(line.creditor)}</Ref></CdtrRefInf></Strd>"
        if line.creditor
        else ""
    )
    told.append(f"<RmtInf>{_tag('Ustrd', line.text)}{creditor}</RmtInf>" if line.text or creditor else "")
    if line.charges_minor:
        told.append(
            f'<Chrgs><Rcrd><Amt Ccy="{currency}">{_money(line.charges_minor)}</Amt><ChrgInclInd>true</ChrgInclInd>'
            "</Rcrd></Chrgs>"
        )
    if line.kind == "return":
        told.append(f"<RtrInf><Rsn><Cd>{line.reason}</Cd></Rsn></RtrInf>")
    return f"<TxDtls>{''.join(told)}</TxDtls>"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def mt940(days: Iterable[list[Made]], told: Told, currency: str, seed: int) -> Iterator[str]:
    """Yield MT940 in German subfields, SWIFT code words or plain text, by seed; batches as single lines."""
    dialect = (_german, _code_words, _plain_text)[seed % 3]
    balance = 1_000_000
    for at, made in enumerate(days, 1):
        lines = [part for line in made for part in (line.parts or (line,))]
        opening, balance = balance, balance + sum(line.amount_minor for line in lines)
        on = lines[0].on
        yield f":20:MADE{at}\r\n:25:99999999/{ACCOUNT[-10:]}\r\n:28C:{at}/1\r\n"
        yield f":60F:{_swift_balance(opening, on, currency)}\r\n"
        for number, line in enumerate(lines, 1):
            told(f"{at}.{number}", line)
            mark = "D" if line.amount_minor < 0 else "C"
            yield (
                f":61:{line.on:%y%m%d%m%d}{mark}R{_comma(line.amount_minor)}{_TYPES[line.kind]}"
                f"{_narrow(line.end_to_end)[:16] or 'NONREF'}//{line.bank}\r\n:86:{_wrapped(dialect(line))}\r\n"
            )
        yield f":62F:{_swift_balance(balance, on, currency)}\r\n-\r\n"


def _comma(amount: int) -> str:
    return _money(amount).replace(".", ",")


def _swift_balance(amount: int, on: date, currency: str) -> str:
    return f"{'D' if amount < 0 else 'C'}{on:%y%m%d}{currency}{_comma(amount)}"


def _narrow(text: str) -> str:
    """Return text in the letters that SWIFT lets through."""
    bare = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o"))
    kept = "".join(letter for letter in bare if letter.isascii() and not unicodedata.combining(letter))
    return "".join(letter if letter.isalnum() or letter in " /-?:().,'+" else " " for letter in kept)


def _wrapped(text: str) -> str:
    lines = [line[at : at + 65] for line in text.split("\n") for at in range(0, len(line), 65)]
    return "\r\n".join(lines) or "?"


def _german(line: Made) -> str:
    code = {"return": "109", "fee": "808"}.get(line.kind, "166")
    original = _comma(line.amount_minor + line.charges_minor)
    charges = (("OAMT", original), ("COAM", _comma(line.charges_minor))) if line.charges_minor else ()
    grounds = f"Rueckgabegrund {line.reason}" if line.reason else ""
    purpose = "".join(
        f"{word}+{_narrow(said)} "
        for word, said in (
            ("EREF", line.end_to_end),
            ("SVWZ", f"{line.creditor} {line.text} {grounds}".strip()),
            *charges,
        )
        if said
    ).replace("?", " ")
    keys = [*range(20, 30), *range(60, 64)]
    parts = [purpose[at : at + 27] for at in range(0, len(purpose), 27)][: len(keys)]
    said = "".join(f"?{key}{part}" for key, part in zip(keys, parts, strict=False))
    name = _narrow(line.name).replace("?", " ")
    reason = {"AC06": "903", "MD06": "912", "MS03": "914"}.get(line.reason, "")
    more = f"?31{line.account}?32{name[:27]}" + (f"?33{name[27:54]}" if len(name) > 27 else "")
    return f"{code}?00BUCHUNG{said}{more}{f'?34{reason}' if reason else ''}"


def _code_words(line: Made) -> str:
    told = (("EREF", line.end_to_end), ("RTRN", line.reason), ("IBAN", line.account), ("NAME", line.name),
            ("CDTRREF", line.creditor), ("REMI", line.text))  # fmt: skip
    return "".join(f"/{word}/{_narrow(said).replace('/', ' ')}" for word, said in told if said) + "/"


def _plain_text(line: Made) -> str:
    back = f"RETURN {line.reason} " if line.reason else ""
    said = _narrow(f"{back}{line.creditor} {line.text} {line.end_to_end}").strip()
    first = _narrow(f"{line.account} {line.name}").strip()
    return f"{first}\n{said}" if first else said


def bai2(days: Iterable[list[Made]], told: Told, currency: str, seed: int) -> Iterator[str]:
    """Yield BAI2, a group for each day; names in continuations or in the text, by seed; batches as single lines."""
    yield f"01,BANK,HOUSE,260101,0600,{seed % 10_000},,,2/\n"
    file_total, records, groups = 0, 1, 0
    balance = 1_000_000
    for at, made in enumerate(days, 1):
        lines = [part for line in made for part in (line.parts or (line,))]
        on, opening = lines[0].on, balance
        balance += sum(line.amount_minor for line in lines)
        credit = sum(line.amount_minor for line in lines if line.amount_minor > 0)
        debits = -sum(line.amount_minor for line in lines if line.amount_minor < 0)
        yield f"02,HOUSE,BANK,1,{on:%y%m%d},2359,{currency},2/\n"
        yield f"03,{ACCOUNT[-10:]},{currency},010,{opening},,,015,{balance},,,100,{credit},,,400,{debits},,/\n"
        total, count = opening + balance + credit + debits, 1
        for number, line in enumerate(lines, 1):
            told(f"{at}.{number}", line)
            rows = _record(line, in_text=seed % 2 == 0)
            yield "".join(f"{row}\n" for row in rows)
            total, count = total + abs(line.amount_minor), count + len(rows)
        yield f"49,{total},{count + 1}/\n98,{total},1,{count + 3}/\n"
        file_total, records, groups = file_total + total, records + count + 3, groups + 1
    yield f"99,{file_total},{groups},{records + 1}/\n"


def _record(line: Made, *, in_text: bool) -> list[str]:
    code = {"return": "557", "fee": "698"}.get(line.kind, "165" if line.account else "175")
    reference = _narrow(line.creditor or line.end_to_end).replace(",", " ").replace("/", " ")
    head = f"16,{code},{abs(line.amount_minor)},0,{line.bank},{reference},"
    said = _narrow(line.text).replace("/", " ")
    reason = f'Reason: "{line.reason}" ' if line.reason else ""
    if in_text:
        return [f"{head}{reason}{_narrow(line.name).replace(',', ' ')} {said}/"]
    more = (("DBNM" if line.amount_minor > 0 else "CRNM", _narrow(line.name)), ("REMI", said))
    return [f"{head}{reason}ACH", *(f"88,{word}: {text}" for word, text in more if text)]


WRITERS = {"camt053": camt053, "mt940": mt940, "bai2": bai2}
