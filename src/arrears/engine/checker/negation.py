"""Whether a match is meant: not denied, not a warning about others, not what somebody else said."""

import re
from collections.abc import Iterator
from typing import Final

from arrears.engine.checker.report import Kind

_ENDS: Final = {
    "en": re.compile(r"[.!?;\n](?!\d)"),
    "es": re.compile(r"[.!?;\n](?!\d)"),
    "zh": re.compile(r"[。!?;\n]"),
}
_NOT: Final = {
    "en": r"(?:not|never|no|nor|neither|without|cannot|can'?t|won'?t|don'?t|doesn'?t|didn'?t|isn'?t|aren'?t|wasn'?t|"
    r"wouldn'?t|couldn'?t|shouldn'?t|haven'?t|hasn'?t|unable|nobody|none|nothing|ceased|"
    r"have stopped|refrain\w*|instead of|rather than)",
    "es": r"(?:no|nunca|jamas|ni|tampoco|sin|ningun\w*|nadie|nada|(?<!no )dejamos de|(?:hemos|han) dejado de)",
    "zh": r"(?:(?<![能是要会可好受少免跑逃躲])不|没|未|无|非|别|勿|禁|拒绝|而非)",
}
_TURNED: Final = {
    "en": r"\W+(?:\w+\W+){0,3}?(?:hesitat\w*|avoid|escape|prevent|stop|help|protect|save you|choice|"
    r"option\w*|alternative|longer|think twice|believe|wait|fail to|laugh\w*|joking|kidding|bluff\w*|matter|"
    r"doubt|mistake|chance|secret)|\W+(?:pay|paying|respond\w*|repaying|you|only|just|merely)\b|"
    r"\W+(?:make|force|push) (?:me|us)\b|(?:(?<=wouldn't)|(?<=wouldnt)|(?<=would not))\W+(?:want|like|wish)\b",
    "es": r"\W+(?:\w+\W+){0,3}?(?:dud\w+|vacil\w+|tembl\w+|evit\w+|escap\w+|libr\w+|impid\w+|solo|solamente|unicamente|"
    r"remedio|opcion|alternativa|esper\w+|broma|jueg\w+|importa)|\W+(?:pag\w+|ha pagado|liquid\w+|cubr\w+)\b|"
    r"\W+(?:me|nos) (?:obligu|hag|orill)\w+|\W+(?:querr|quisier)\w+|\W+(?:le|te) (?:conviene|gustaria)",
    "zh": r"(?:的|人|处|会手软|会客气|客气|惜|得不|仅|只是|但|只|犹豫|得已|管|论|"
    r"开玩笑|吓唬|怕|信|然|还|还款|还钱|还清|处理|配合|接|回|"
    r"停|断|完|逼|让我|付|交|缴|主动|按|及时|来|到场|联系|履行|理|出面|解决|结清|清|是开|久|日|几天|止|常|期|足|良|公|力|需|敢|妨|法)",
}
_OTHER_VERB: Final = {
    "en": re.compile(
        r"\b(?:pay\w*|paid|respon\w+|repl\w+|call|contact\w*|settl\w+|answer\w*|compl\w+|cooperat\w*|resolv\w+|"
        r"clear\w*|"
        r"hear\w*|receiv\w+|get|act|send|sent|ignor\w+|forget|delay|wast\w+|want|mak\w+|come|agree\w*|sign|have your|"
        r"care|show|keep|kept|sort\w*|fix|arrang\w+|deal|money|take this|miss\w*|let|test|push|play|stop|"
        r"know|understand|worry|be late|hide|run|avoid\w*)\b"
    ),
    "es": re.compile(
        r"\b(?:pag\w+|respond\w+|contest\w+|llam\w+|comuni\w+|atiend\w+|cumpl\w+|regulari\w+|liquid\w+|abon\w+|"
        r"recib\w+|"
        r"hac\w+|haga\w*|quier\w+|vien\w+|ven\w*|acud\w+|firm\w+|ignor\w+|deje\w*|cubr\w+|deposit\w+|arregl\w+|"
        r"salda\w*|"
        r"dinero|escond\w+|se esconda|sab\w+|olvid\w+|pierda|juegu\w+|dud\w+)\b"
    ),
    "zh": re.compile(r"还|付|款|钱|接|回|理|联系|处理|配合|缴|交|来|解决|清|躲|逃|怪|想|要是|如果"),
}
_CLAUSE: Final = {
    "en": re.compile(
        r"[,:]|\b(?:if|unless|until|because|since|so|and|but|or(?= (?:we|i|you|they|the|our|my|he|she|it|else|"
        r"face|go|get|end|be)\b)|then|otherwise|else|when|after|before)\b"
    ),
    "es": re.compile(
        r"[,:]|\b(?:si|porque|hasta|pues|asi|y|e|o(?= (?:vamos|va|se|le|lo|la|te|los|usted|sera|ira|llam\w+|"
        r"mand\w+|envi\w+|nosotros|el|los)\b)|pero|entonces|cuando|despues|antes|salvo|sino)\b"
    ),
    "zh": re.compile(r"[,:]|否则|不然|要不|如果|若|但|就|那么|所以"),
}
_CONDITIONS: Final = {
    "en": frozenset({"if", "unless", "until", "when"}),
    "es": frozenset({"si", "hasta", "cuando", "salvo"}),
    "zh": frozenset({"如果", "若"}),
}
_SUBJECT: Final = 2
"""Words that may stand between the word that opens a condition and its negation: "if you really don't"."""
_OTHERS: Final = {
    "en": re.compile(
        r"\b(?:illegal to|unlawful to|(?:against|violat\w+) the law|prohibit\w*|forbid\w*|forbidden|not allowed|"
        r"not permitted|"
        r"may not|must not|cannot legally|scam\w*|fraudster\w*|impost\w+|(?:if|when|should) (?:some|any)(?:one|body)|"
        r"report (?:any|it if|anyone|calls?)|beware|your rights?|you have the right|anyone who|nobody (?:may|"
        r"can|should)|"
        r"no one (?:may|can|should|is allowed)|threatened by|complain\w* (?:that|of|about)|sorry (?:to hear )?that|"
        r"apologi[sz]e (?:for|that)|you (?:said|told us|wrote|reported|mentioned|stated)|"
        r"(?:are|is|were|be) never (?:allowed|permitted)|policy (?:against|forbids)|training|"
        r"do not (?:ever )?(?:tell|say|threaten))\b"
    ),
    "es": re.compile(
        r"\b(?:ilegal (?:amenaz\w+|que)|prohib\w+|no (?:esta permitido|se permite|puede\w* legalmente)|estaf\w+|"
        r"fraude\w*|"
        r"impostor\w*|(?:si|cuando) (?:alguien|algun\w*)|denuncie a|sus derechos|tiene derecho|nadie (?:puede|debe)|"
        r"se quej\w+|lament\w+ que|disculp\w+|(?:usted|nos) (?:dijo|escribio|informo|comento|conto)|quien (?:le|"
        r"la|lo) amenace|"
        r"ningun\w* (?:gestor|cobrador|empleado|agente|persona))\b"
    ),
    "zh": re.compile(
        r"禁止|不得|严禁|违法催收|骗子|诈骗分子|谨防|警惕|如有人|有人自称|任何人不得|您有权|你有权|投诉称|您反映|您说|您提到|抱歉|致歉|"
        r"不允许|不会以|不能以|冒充我司|如遇|(?:请不要|请勿|切勿|无需|不需要|不必)[^,]*$"
    ),
}
_SAID: Final = {
    "en": re.compile(
        r"\b(?:(?:customer|cust|ct|debtor|dbtr|client|consumer|cardholder|borrower|caller|he|she|they|husband|"
        r"wife|mother|"
        r"father|son|daughter|brother|sister|spouse|attorney|rp|tp)(?:'s)?(?: \w+)? (?:says?|said|stat\w+|"
        r"claim\w*|told (?:me|us)|"
        r"report\w*|asks?|asked|complain\w*|alleg\w+|mention\w*|thinks?|fear\w*|worr\w+|is afraid|wrote|writes|"
        r"insist\w*|"
        r"shout\w*|swore|swears|called (?:me|us)|threaten\w* (?:me|us|to)|believes?|wants? to know|recall\w*|"
        r"was told|got|received|"
        r"feels?|offer\w*|promis\w*|explain\w*|disput\w*|admit\w*|advis\w* (?:me|us|that (?:he|she|they))|"
        r"is upset|is angry)|per (?:cust\w*|debtor|client)|"
        r"according to (?:the )?(?:customer|debtor|client|consumer|him|her))\b"
    ),
    "es": re.compile(
        r"\b(?:(?:el |la |del )?(?:cliente|clienta|deudor|deudora|titular|consumidor\w*|cte|esposo|esposa|"
        r"marido|madre|padre|hijo|hija|"
        r"hermano|hermana)(?: \w+)? (?:dice|dijo|indic\w+|manifest\w+|refier\w+|coment\w+|afirm\w+|alega|"
        r"aleg\w+|pregunt\w+|se quej\w+|"
        r"cuent\w+|conto|teme|cree|asegur\w+|sostien\w+|reclam\w+|grit\w+|nos amenaz\w+|me amenaz\w+|"
        r"amenaz\w+ con|menciona|menciono|"
        r"recib\w+|ofrec\w+|prometi\w*|explic\w+|denunci\w+|informa|escrib\w+|escribio|tiene miedo)|segun (?:el|"
        r"la) (?:cliente|clienta|deudor|deudora|titular))\b"
    ),
    "zh": re.compile(
        r"(?:客户|债务人|借款人|持卡人|对方|本人|用户|家属|来电者|来电人|他|她)(?:情绪激动[,，]?)?(?:一直|又|再次)?(?:说|称|表示|反映|问|询问|担心|害怕|"
        r"声称|投诉|告诉我|告知我|提到|抱怨|认为|回复|自称|骂|威胁我|怀疑|指责|提出|要求|收到)"
    ),
}
_OURS: Final = re.compile(
    r"^\s*(?:agent|collector|rep|representative|us|me|advisor|operator|agente|gestor|gestora|asesor|asesora|cobrador|"
    r"坐席|客服|催收员|专员|我方|话务员)\s*\d*\s*:"
)
_LABEL: Final = re.compile(
    r"(?m)^[^\S\n]*(?:agent|collector|rep|representative|us|me|advisor|operator|agente|gestor|gestora|asesor|asesora|"
    r"cobrador|"
    r"坐席|客服|催收员|专员|我方|话务员|customer|debtor|consumer|caller|client|borrower|cliente|deudor|deudora|titular|"
    r"客户|债务人|借款人|对方|用户|持卡人)\s*\d*\s*:"
)
_NEAR: Final = {"en": 60, "es": 60, "zh": 14}


def others_turns(text: str) -> Iterator[tuple[int, int]]:
    """Yield the turns of a transcript that are not ours; none where nobody wrote who speaks."""
    labels = list(_LABEL.finditer(text))
    ends = [*(later.start() for later in labels[1:]), len(text)]
    for found, end in zip(labels, ends, strict=False):  # one end too many where nobody wrote who speaks
        if not _OURS.match(found.group()):
            yield found.start(), end


def is_meant(text: str, start: int, until: int, language: str, kind: Kind, *, is_denied_too: bool = False) -> bool:
    """Return whether what stands in ``text[start:until]`` is said by us and, but for ``is_denied_too``, not denied."""
    begins = _begin_of_sentence(text, start, language)
    before = text[begins:start]
    if kind is not Kind.COMPLAINT and _OTHERS[language].search(before):
        return False
    if kind in {Kind.NOTE, Kind.TRANSCRIPT} and _SAID[language].search(text[begins : start + 1]):
        return False
    if is_denied_too:
        return True
    return not (_denied_before(before, text[start:until], language) or _denied_inside(text[start:until], language))


def _begin_of_sentence(text: str, start: int, language: str) -> int:
    ends = [found.end() for found in _ENDS[language].finditer(text, max(0, start - 400), start)]
    return ends[-1] if ends else max(0, start - 400)


def _denied_inside(match: str, language: str) -> bool:
    """Return whether an odd number of negations stands inside the match; one that is turned round is none."""
    return len(list(_negations(match, language))) % 2 == 1


def _denied_before(before: str, match: str, language: str) -> bool:
    """Return whether a negation of the same clause, with no verb of its own between, governs the match."""
    clauses = list(_CLAUSE[language].finditer(before))
    clause = before[clauses[-1].end() if clauses else 0 :][-_NEAR[language] :]
    found = list(_negations(clause + match, language, len(clause)))
    if not found or _OTHER_VERB[language].search(clause[found[-1].end() :]):
        return False
    return not (clauses and _is_condition(clauses[-1].group(), clause, found[-1], language))


def _is_condition(opener: str, clause: str, denial: re.Match[str], language: str) -> bool:
    """Return whether the negation denies only the condition: "if you don't comply …" denies nothing that follows."""
    after, before = clause[denial.end() :].split(), clause[: denial.start()].split()
    return opener in _CONDITIONS[language] and len(before) <= _SUBJECT and bool(after)


def _negations(text: str, language: str, until: int | None = None) -> Iterator[re.Match[str]]:
    edge = "" if language == "zh" else r"\b"
    turned = re.compile(_TURNED[language])
    for found in re.finditer(f"{edge}{_NOT[language]}{edge}", text[:until]):
        if not turned.match(text, found.end()) and not text[: found.start()].endswith(("¿", "por que ", "why ")):
            yield found
