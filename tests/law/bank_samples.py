"""Small bank files of our own writing, one for each format: what the readers owe is proved without any other data."""

CAMT_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
    "<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-02T20:00:00+01:00</CreDtTm></GrpHdr><Stmt><Id>S1</Id>"
    "<LglSeqNb>44</LglSeqNb><CreDtTm>2026-03-02T20:00:00+01:00</CreDtTm><Acct><Id><IBAN>DE31999999990000004711</IBAN>"
    "</Id><Ccy>EUR</Ccy></Acct>"
)
CAMT_FOOT = "</Stmt></BkToCstmrStmt></Document>"


def balance(kind: str, amount: str, sign: str = "CRDT") -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        "<Dt><Dt>2026-03-02</Dt></Dt></Bal>"
    )


def entry(amount: str, sign: str, *, more: str = "", details: str = "", status: str = "BOOK") -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{more}<Sts><Cd>{status}</Cd></Sts>'
        "<BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-03</Dt></ValDt><AcctSvcrRef>B1</AcctSvcrRef>"
        f"<BkTxCd/><NtryDtls>{details}</NtryDtls></Ntry>"
    )


def camt(*entries: str, opening: str = "100.00", closing: str = "100.00") -> bytes:
    whole = (CAMT_HEAD, balance("OPBD", opening), balance("CLBD", closing), *entries, CAMT_FOOT)
    return "".join(whole).encode()


PAID = (
    "<TxDtls><Refs><EndToEndId>E-1</EndToEndId><MndtId>NOTPROVIDED</MndtId></Refs><RltdPties><Dbtr><Pty><Nm>Ana Romero"
    "</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>ES91 2100 0418 4502 0005 1332</IBAN></Id></DbtrAcct><UltmtDbtr><Pty><Nm>Luis "
    "Romero</Nm></Pty></UltmtDbtr><Cdtr><Pty><Nm>Us</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>loan</Ustrd><Ustrd>A17"
    "</Ustrd><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18539007547034</Ref></CdtrRefInf>"
    "<RfrdDocInf><Nb>INV-9</Nb></RfrdDocInf></Strd></RmtInf></TxDtls>"
)
CAME_BACK = (
    "<TxDtls><Refs><EndToEndId>D-7</EndToEndId><MndtId>MANDATE-7</MndtId></Refs><AmtDtls><InstdAmt>"
    '<Amt Ccy="EUR">20.00</Amt></InstdAmt></AmtDtls><Chrgs><Rcrd><Amt Ccy="EUR">5.50</Amt><ChrgInclInd>true</ChrgInclInd>'
    "</Rcrd></Chrgs><RltdPties><Dbtr><Pty><Nm>Ana Romero</Nm></Pty></Dbtr><Cdtr><Pty><Nm>Us</Nm></Pty></Cdtr></RltdPties>"
    "<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf></TxDtls>"
)


def part(number: int, amount: str) -> str:
    return f'<TxDtls><Refs><EndToEndId>P-{number}</EndToEndId></Refs><Amt Ccy="EUR">{amount}</Amt></TxDtls>'


MT940 = (
    ":20:STMT\r\n:25:10020030/1234567\r\n:28C:7/1\r\n:60F:C260301EUR100,00\r\n"
    ":61:2603020302CR25,50NTRFNONREF//BANK1\r\n"
    ":86:166?00GUTSCHRIFT?20EREF+E-1?21SVWZ+Loan A17 first inst?22alment?30BANKDEFF?31ES9121000418450200\r\n"
    "051332?32Ana Romero?33 y Ruiz\r\n"
    ":61:260302DR25,50NRTINONREF//BANK2\r\n"
    ":86:109?00RUECKLASTSCHRIFT?20EREF+D-7?21MREF+MANDATE-7?22OAMT+20,00?23COAM+5,50?32Ana Romero?34912\r\n"
    ":61:2603020301RD10,00NMSCREF9\r\n"
    ":86:/EREF/X-9/NAME/Li Wang/REMI/Refund of A18/CDTRREF/RF18539007547034\r\n"
    ":62F:C260302EUR110,00\r\n-\r\n"
)
MT942 = (
    ":20:I\n:25:1/2\n:28C:1\n:34F:EUR0,\n:13D:2603021200+0100\n:61:2603020302C5,00NTRFNONREF\n:86:plain words\n"
    ":90D:0EUR0,\n:90C:1EUR5,00\n-\n"
)
BAI2 = (
    "01,BANK,US,260302,0600,1,,,2/\n02,US,BANK,1,260302,,USD,2/\n"
    "03,4711,USD,010,10000,,,015,12500,,/\n88,100,5000,1,Z,400,2500,1,/\n"
    "16,165,5000,V,260303,,B-1,C-1,Loan A17, thanks/\n88,EREF: E-1\n88,DBNM: Ana Romero\n"
    '16,557,2500,0,B-2,C-2,Return of debit, Reason: "R01"/\n'
    "49,37500,7/\n98,37500,1,9/\n99,37500,1,11/\n"
)
OFX_SGML = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>1<STATUS><CODE>0"
    "<SEVERITY>INFO</STATUS><CCSTMTRS><CURDEF>JPY<CCACCTFROM><ACCTID>4711</CCACCTFROM><BANKTRANLIST><STMTTRN>"
    "<TRNTYPE>CREDIT<DTPOSTED>20260302120000[-5:EST]<TRNAMT>+1500<FITID>F1<CHECKNUM>77<NAME>Ana &amp; Luis<MEMO>A17"
    "</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>-200<DTASOF>20260302</LEDGERBAL></CCSTMTRS></CCSTMTTRNRS>"
    "</CREDITCARDMSGSRSV1></OFX>"
)
PAIN = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>R1</MsgId>'
    "<CreDtTm>2026-03-04T08:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>O1</OrgnlMsgId><OrgnlMsgNmId>"
    "pain.008.001.02</OrgnlMsgNmId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>P1</OrgnlPmtInfId><TxInfAndSts>"
    "<OrgnlEndToEndId>D-7</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>closed"
    '</AddtlInf></StsRsnInf><OrgnlTxRef><Amt><InstdAmt Ccy="EUR">20.00</InstdAmt></Amt><MndtRltdInf><MndtId>MANDATE-7'
    "</MndtId></MndtRltdInf><Dbtr><Nm>Ana Romero</Nm></Dbtr><DbtrAcct><Id><IBAN>ES91</IBAN></Id></DbtrAcct></OrgnlTxRef>"
    "</TxInfAndSts><TxInfAndSts><OrgnlEndToEndId>D-8</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>"
    "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
)


def nacha(*, debit: str = "000000012354", credit: str = "000000000000") -> str:
    """Return a file with one returned debit and one correction."""
    records = [
        "101 091400606 6910001342603020306A094101FIRST BANK             HOUSE".ljust(94),
        "5200HOUSE                               123456789 WEBPAYMENT   260302260302   1091000010000001",
        "626091400606123456789        0000012354LOAN-A17       ANA ROMERO            S 1091000017611242",
        "799R01091400600000001      09100001" + "".ljust(44) + "091000017611242",
        "621231380104744-5678         0000000000LOAN-A18       LI WANG               S 1121042880000001",
        "798C01091400600000002      121042881918171614".ljust(79) + "091012980000088",
        f"82000000040032278070{debit}{credit}123456789".ljust(79) + "091000010000001",
        f"9000001000001000000040032278070{debit}{credit}".ljust(94),
    ]
    return "\n".join(records) + "\n"


CSV_GERMAN = (
    "Umsätze vom 02.03.2026;;;;\n\n"
    "Buchungstag;Wertstellung;Auftraggeber;Verwendungszweck;Betrag;Währung;Saldo nach Buchung\n"
    "02.03.2026;02.03.2026;Müller, Heike;Darlehen A17;1.234,50;EUR;1.334,50\n"
    "13.03.2026;13.03.2026;Bank;Entgelt;-4,50;EUR;1.330,00\n"
)
