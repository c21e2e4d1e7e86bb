"""Advice on what an American office does not say: British words, and words of a translation."""

import re
from collections.abc import Iterator
from collections.abc import Sequence

from cmom_srs.deckfiles.grammar.lines import Text
from cmom_srs.deckfiles.text_advice import Advice

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WHO = "practice|office|clinic|employer|manager|owner|physician|biller|payer|plan|entity|patient"
_POLICY = "tail|nose|prior-acts|claims-made|occurrence|insurance|liability|malpractice|health"
# Behind these a word is over: what follows does not belong to it, as in "at the weekend clinic".
_OVER = r"(?=[.,;:?!)]|$| (?:because|for|from|if|or|since|until|when|while|with)\b)"
# A cover is a noun, and none of paper or cloth, where no object of a verb follows it.
_COVER = (
    r"cover\b(?!-)(?![?]| (?:letter|sheet|page|memo|charge|story|glass|slip|gown|up)"
    r"| (?:a|an|the|this|that|these|those|any|all|every|only|what|it|them|her|his|him|their|its)\b)"
)
# Each with what is said instead. A blank stands for any, also for the end of a line.
_WORDINGS = (
    (rf"(?:{_POLICY}|primary|secondary|double) {_COVER}", "coverage"),
    (rf"(?:there is|there is no|without|proof of|gives? no|has no|had no) {_COVER}", "coverage"),
    (rf"(?:under|lost|loses?|keeps?) (?:her|his|their|its) {_COVER}", "coverage"),
    (rf"(?:only|its) {_COVER}(?= (?:is|was|ends?|ended|for|of|from)\b)", "coverage"),
    (r"(?:FTE|vacant|unfilled|(?:full|part)-time) posts?\b(?!-)", "position"),
    (r"(?:appl\w+ for|advertised?|fill\w*|hold\w*) (?:a|an|the|this|that) post\b(?!-)", "position"),
    (r"dearer\b", "more expensive"),
    (r"(?:get|gets|got|getting) on (?:well|badly|fine)\b", "gets along"),
    (r"(?:turn(?:s|ed|ing)?|way) round\b", "around"),
    (r"of (?:its|his|her|their) own accord\b", "on its own, without being asked"),
    (r"anew\b", "again"),
    (r"in due form\b", "in proper form, properly"),
    (rf"(?:what|when|whom|where) has (?:the|a|an) (?:\w+ )?(?:{_WHO}) to\b", "does ... have to"),
    (r"put the way of\b", "put the steps of ... in order"),
    (r"which of both\b", "which of the two"),
    (r"an own\b", "one of its own"),
    (r"telephon(?:es|ed|ing)\b|to telephone\b", "calls, or the phones"),
    (r"rang (?:her|him|them|the office|the patient|the practice|the plan)\b", "called"),
    (r"mobile (?:tele)?(?:phone|number)s?\b", "cell phone"),
    (r"(?:two|three|four|five|six|ten)-yearly\b", "every two years"),
    (r"half-yearly\b", "semiannual, twice a year"),
    (r"(?:two|three|four)-(?:weekly|monthly)\b", "every two weeks"),
    (r"fortnight(?:s|ly)?\b", "two weeks"),
    (rf"at weekends\b|at the weekend\b{_OVER}", "on weekends, on the weekend"),
    (rf"as from (?:{_MONTHS}|{_DAYS})\b", "starting"),
    (r"(?:calls?|called|comes?|came|see|sees|saw|him|them) next day\b", "the next day"),
    (r"mov(?:e|es|ed|ing) house\b", "move"),
    (rf"on holiday\b{_OVER}", "on vacation"),
    (rf"(?:in|to) hospital\b{_OVER}", "in the hospital"),
    (r"(?:a|an|the|any|no|her|his|their|annual|yearly) pay rise\b", "raise"),
    (r"sick notes?\b", "doctor's note"),
    (r"made redundant\b", "laid off"),
    (r"(?:the|a|duty) rota\b", "schedule"),
    (r"appointments? diary\b|in the diary\b", "schedule"),
    (r"stock-?taking\b", "inventory count"),
    (r"tick(?:s|ed)? (?:a|the|this|that|each|every) box|tick box(?:es)?\b", "check the box"),
    (r"car parks?\b", "parking lot"),
    (r"post ?codes?\b", "ZIP code"),
    (r"whilst\b", "while"),
    (r"amongst\b", "among"),
    (r"(?:need|sha)n[’']t\b|needs not\b", "does not have to"),
    (r"different to (?:a|an|the|that|those|what|her|his|its)\b", "different from"),
    (r"per cent\b", "percent"),
    (r"maths\b", "math"),
    (r"(?:information|equipment|software)s\b", "the word without its s"),
)
_IDIOMS = tuple(
    (re.compile(rf"\b(?:{wording})".replace(" ", r"\s+"), re.IGNORECASE), instead)
    for wording, instead in _WORDINGS
)
_ANY = re.compile("|".join(idiom.pattern for idiom, _ in _IDIOMS), re.IGNORECASE)


def idiom_advice(texts: Sequence[Text]) -> Iterator[Advice]:
    """Advice on the words of a note, each wording once."""
    suspects = [text for text in texts if _ANY.search(text.text)]
    for idiom, instead in _IDIOMS:
        for text in suspects:
            if found := idiom.search(text.text):
                said = " ".join(found[0].split())
                message = f"`{said}` is not what an American office says"
                yield Advice("idiom", text.place(found.start()), message, f"say: {instead}")
                break
