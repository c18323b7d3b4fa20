"""Small camt.053 statements, made of lines as one says them."""

from typing import Any

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M{number}</MsgId>
<CreDtTm>2026-03-02T08:00:00</CreDtTm></GrpHdr><Stmt><Id>S{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>
<CreDtTm>2026-03-02T08:00:00</CreDtTm><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>USD</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">{opening}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Dt><Dt>2026-03-01</Dt></Dt></Bal><Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">{closing}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>
"""
ENTRY = """<Ntry><Amt Ccy="USD">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt>
<Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>{on}</Dt></ValDt><AcctSvcrRef>{bank}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd>
<Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>{e2e}
</EndToEndId></Refs><Amt Ccy="USD">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty>
</Dbtr><DbtrAcct><Id><IBAN>{payer}</IBAN></Id></DbtrAcct></RltdPties>{back}<RmtInf><Ustrd>{text}</Ustrd></RmtInf>
</TxDtls></NtryDtls></Ntry>"""
PAYER = "DE0212030000000020{:04}"


def line(amount: str, text: str, name: str = "", bank: str = "", **more: Any) -> dict[str, Any]:
    return {
        "amount": amount, "text": text, "name": name, "bank": bank or f"B{amount}{text}{name}"[:30], "side": "CRDT",
        "on": "2026-03-02", "e2e": "NOTPROVIDED", "payer": PAYER.format(len(name)), "back": "", **more,
    }  # fmt: skip


def camt(*lines: dict[str, Any], number: int = 1) -> bytes:
    cents = sum((1 if each["side"] == "CRDT" else -1) * round(float(each["amount"]) * 100) for each in lines)
    body = "".join(ENTRY.format(**each) for each in lines)
    head = HEAD.format(number=number, opening="1000.00", closing=f"{1000 + cents / 100:.2f}")
    return f"{head}{body}</Stmt></BkToCstmrStmt></Document>".encode()
