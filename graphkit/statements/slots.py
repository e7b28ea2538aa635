"""Where the arguments of a trigger stand. Each slot is a name that frames use and a function that looks there.

==============  ==================================================================================================
``agent``       who does it: subject of an active verb, "oleh X" or bare noun after a passive, owner of a noun
``patient``     to whom it is done: object of an active verb, subject of a passive
``possessor``   the bare noun after a noun: "kunjungan *Putin*"
``predicate``   of whom a noun is said: "*China* adalah mitra dagang", "menyebut *China* sebagai mitra"
``between``     the coordinated nouns after "antara", or joined by a dash: "kemitraan *Rusia-China*"
``prep:X|Y``    the noun after one of these prepositions
``before``      the nearest mention to the left in the sentence
``after``       the nearest mention to the right in the sentence
``speaker``     who says the words around the trigger
``governor``    the subject of the verb that a noun hangs on: "*Iran* menghadapi tekanan"
``theme``       the subject, be the verb active or passive
``must``        the subject of the verb that a modal goes with: "*Zelensky* harus menggelar pemilu"
``owner``       whose abstract patient it is: "memuji pernyataan *Macron*", "menolak usul *Israel*"
``self``        whom the trigger itself points at: "kata *politikus PDI-P itu*"
``wished``      who shall act in the clause that is asked for: "menyarankan agar *pemerintah* …"
``inner``       the nearest name to the right inside the noun phrase: "konsumen gas *Qatar* terbesar"
``topic``       the first actor of the sentence that hangs on no preposition, for clauses that lost their subject
``authority``   the police, prosecutor or court spoken of last: "*Polisi* datang. Para pelaku ditangkap."
``apposed``     the person named right behind a noun: "istrinya, *Infah Novita*"
==============  ==================================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.statements.contexts import apposed, authority, topic
from graphkit.statements.morphology import Voice
from graphkit.statements.trigger import Trigger
from graphkit.statements.view import DocView, Filler
from graphkit.statements.words import word_classes

_RELATIVE = frozenset({"yang"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
_OBJECTS = frozenset({"obj", "iobj", "ccomp"})
_CONTROLLED = frozenset({"xcomp", "advcl", "acl", "acl:relcl", "conj", "parataxis", "ccomp"})
_SKIPPED_AFTER_VERB = frozenset({"ADV", "DET", "NUM", "PUNCT", "AUX", "PART"})
_COPULAS = frozenset({"adalah", "ialah", "merupakan", "menjadi", "yakni", "yaitu"})
_ABSTRACT = frozenset({"Concept"})
_ACTORS = frozenset({"Person", "Organization", "Country"})
_LINEAR_REACH = 7
_BETWEEN = frozenset({"antara"})
_BY = frozenset({"oleh"})
_JOINING = frozenset({"dan", "dengan"})
_DASHES = frozenset({"-", "–", "—"})


def find_fillers(view: DocView, trigger: Trigger, slot: str) -> list[Filler]:
    """What stands in a slot of a trigger; empty if nothing does.

    Raises:
        KeyError: If there is no slot of that name.
    """
    name, _, argument = slot.partition(":")
    if name == "prep":
        return _prepositional(view, trigger, frozenset(argument.split("|")))
    return _SLOTS[name](view, trigger)


def is_slot(name: str) -> bool:
    """Whether there is a slot of that name."""
    kind, _, argument = name.partition(":")
    return bool(argument.strip()) if kind == "prep" else name in _SLOTS


def _agent(view: DocView, trigger: Trigger) -> list[Filler]:
    head = view.doc[trigger.head]
    if trigger.voice == "active":
        return _subject_fillers(view, head) or _adjacent(view, trigger)
    by = _prepositional(view, trigger, _BY)
    if by:
        return by
    if trigger.voice == "passive":
        return _bare_agent(view, trigger)
    return _possessor(view, trigger) or _governor_agent(view, trigger)


def _adjacent(view: DocView, trigger: Trigger) -> list[Filler]:
    """A name right before an active verb is its subject, though the parse lost it: "PSSI juga memecat …"."""
    start = view.sentence(trigger.start).start
    for i in range(trigger.start - 1, max(start, trigger.start - 4) - 1, -1):
        token = view.doc[i]
        mention = view.mention_at(i)
        if mention is not None:
            return view.fillers(token, direct=False) if mention.kind == "name" else []
        if token.pos_ not in {"ADV", "AUX", "PART"}:
            break
    return []


def _bare_agent(view: DocView, trigger: Trigger) -> list[Filler]:
    """ "didukung NATO": the noun right after a passive verb, whatever the parse calls it."""
    for token in _tokens_after(view, trigger.end, 3):
        if view.starts_mention(token):
            return view.fillers(_argument_head(view, token))
        if token.pos_ not in {"ADV", "DET", "NUM"}:
            break
    return []


def _patient(view: DocView, trigger: Trigger) -> list[Filler]:
    head = view.doc[trigger.head]
    if trigger.voice == "passive":
        return _subject_fillers(view, head)
    for child in _outer_children(view, trigger):
        if child.dep_ in _OBJECTS and child.i >= trigger.end and child.pos_ != "VERB":
            found = view.fillers(child)
            if found:
                return found
    for token in _tokens_after(view, trigger.end, 4):
        if view.starts_mention(token):
            return view.fillers(_argument_head(view, token), direct=token.i == trigger.end)
        if token.pos_ not in _SKIPPED_AFTER_VERB and not token.text[0].isupper():
            break
    return []


def _possessor(view: DocView, trigger: Trigger) -> list[Filler]:
    for child in _outer_children(view, trigger):
        bare = not any(grand.dep_ == "case" for grand in child.lefts)
        if child.dep_ in {"nmod", "nmod:poss", "compound", "flat", "flat:name"} and child.i >= trigger.end and bare:
            found = view.fillers(child)
            if found:
                return found
    for token in _tokens_after(view, trigger.end, 3):
        if view.starts_mention(token):
            return view.fillers(_argument_head(view, token), direct=token.i == trigger.end)
        if token.pos_ not in {"ADJ", "ADV", "NUM", "DET"} and token.dep_ != "amod":
            break
    return []


def _predicate(view: DocView, trigger: Trigger) -> list[Filler]:
    head = view.doc[trigger.head]
    governor = head.head
    if any(child.lower_ == "sebagai" for child in head.lefts) and governor.pos_ == "VERB":
        side = Trigger(governor.i, governor.i + 1, governor.i, _voice(governor))
        return _patient(view, side)
    own = [child for child in head.lefts if child.dep_ in _SUBJECTS and child.lower_ not in _RELATIVE]
    if own:
        return view.fillers(own[0])
    if governor.lower_ in _COPULAS and governor != head:
        return _subject_fillers(view, governor)
    if head.dep_ == "appos":
        return view.fillers(governor)
    if head.dep_ in _SUBJECTS and governor.pos_ in {"NOUN", "PROPN"}:
        return view.fillers(governor)
    for child in head.lefts:
        if child.lower_ in _COPULAS:
            return _before(view, Trigger(child.i, child.i + 1, child.i, "active"))
    return []


def _between(view: DocView, trigger: Trigger) -> list[Filler]:
    for token in _tokens_after(view, trigger.end, _LINEAR_REACH):
        if token.lower_ in _BETWEEN:
            found = _pair_after(view, token.i + 1)
            if found:
                return found
        if view.starts_mention(token):
            joined = _dashed(view, token) or _coordinated_names(view, token)
            if joined:
                return joined
        if token.pos_ == "VERB":
            break
    return []


def _pair_after(view: DocView, start: int) -> list[Filler]:
    """ "antara A dan B", "antara A dengan B": read by place, for the parse often loses B."""
    found: list[Filler] = []
    joined = True
    for token in _tokens_after(view, start, 14):
        if view.starts_mention(token) and joined:
            filler = view.filler(_argument_head(view, token))
            if filler is not None:
                found.append(filler)
                joined = False
        elif token.lower_ in {"dan", "dengan", ","}:
            joined = True
        elif token.pos_ in {"VERB", "ADP"} and len(found) > 1:
            break
    return found if sum(len(filler.referents) for filler in found) > 1 else []


def _coordinated_names(view: DocView, token: Token) -> list[Filler]:
    """ "nilai perdagangan *Indonesia dan China*": read by place, too."""
    joint = _joint(view, token, _JOINING)
    if joint is None:
        return []
    first, second = view.mention_at(token.i), view.mention_at(joint + 1)
    if second is None or not first.kind == second.kind == "name":
        return []
    return [filler for i in (token.i, joint + 1) if (filler := view.filler(view.doc[i], direct=False)) is not None]


def _dashed(view: DocView, token: Token) -> list[Filler]:
    joint = _joint(view, token, _DASHES)
    if joint is None:
        return []
    first, second = view.filler(token), view.filler(view.doc[joint + 1])
    return [first, second] if first and second else []


def _joint(view: DocView, token: Token, marks: frozenset[str]) -> int | None:
    """The token that joins the mention at a token to what comes next, if it is one of these."""
    mention = view.mention_at(token.i)
    after = len(view.doc) if mention is None else view.tokens_in(mention.start, mention.end).stop
    return after if after + 1 < len(view.doc) and view.doc[after].lower_ in marks else None


def _prepositional(view: DocView, trigger: Trigger, prepositions: frozenset[str]) -> list[Filler]:
    for child in _governed(view, trigger):
        if child.i >= trigger.start and any(
            grand.dep_ == "case" and _preposition(grand) in prepositions for grand in child.lefts
        ):
            found = view.fillers(child)
            if found:
                return found
    return _prepositional_by_place(view, trigger, prepositions)


def _prepositional_by_place(view: DocView, trigger: Trigger, prepositions: frozenset[str]) -> list[Filler]:
    """The first of the prepositions after the trigger with a mention behind it, no other verb between."""
    seen = False
    for token in _tokens_after(view, trigger.end, _LINEAR_REACH + 4):
        if seen and view.starts_mention(token):
            return view.fillers(_argument_head(view, token), direct=False)
        if token.lower_ in prepositions or _preposition(token) in prepositions:
            seen = True
        elif (
            token.pos_ == "VERB"
            or token.text in {".", ";"}
            or (seen and token.pos_ not in {"NOUN", "NUM", "ADP", "DET", "PROPN"})
        ):
            break
    return []


def _preposition(token: Token) -> str:
    """A preposition with the noun that completes it: "di bidang", "kepada"."""
    following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return f"{token.lower_} {following}" if following in {"bidang", "sektor", "kalangan"} else token.lower_


def _before(view: DocView, trigger: Trigger) -> list[Filler]:
    start = view.sentence(trigger.start).start
    for i in range(trigger.start - 1, start - 1, -1):
        filler = view.filler(view.doc[i], direct=False)
        if filler is not None:
            return [filler]
    return []


def _after(view: DocView, trigger: Trigger) -> list[Filler]:
    for token in _tokens_after(view, trigger.end, _LINEAR_REACH):
        if view.starts_mention(token):
            return view.fillers(_argument_head(view, token), direct=False)
    return []


def _speaker(view: DocView, trigger: Trigger) -> list[Filler]:
    claim = view.claim_at(view.doc[trigger.head].idx)
    if claim is None:
        return []
    mention = view.mentions[claim["speaker"]]
    return [Filler(view.token_at[mention.head], mention.referents, mention.kind)] if mention.referents else []


def _subject_fillers(view: DocView, verb: Token) -> list[Filler]:
    for subject in _subjects(view, verb, 0):
        found = view.fillers(subject)
        if found:
            return found
    return []


def _subjects(view: DocView, verb: Token, depth: int) -> Iterator[Token]:
    """The subject of a verb, else the one it shares with the verb or noun that it hangs on."""
    own = [child for child in verb.lefts if child.dep_ in _SUBJECTS]
    own += [child for child in verb.rights if child.dep_ in _SUBJECTS]
    for child in own:
        if child.lower_ not in _RELATIVE:
            yield child
            return
    if depth > 4 or verb.dep_ not in _CONTROLLED or verb.head == verb:
        return
    head = verb.head
    if verb.dep_ in {"acl", "acl:relcl"} and head.pos_ in {"NOUN", "PROPN", "PRON"}:
        yield from _of_noun(view, head, relative=bool(own))
    elif head.lower_ in word_classes(view.language, "verbs")["object_control"] and verb.dep_ in {
        "xcomp",
        "advcl",
        "ccomp",
    }:
        yield from (child for child in head.children if child.dep_ in {"obj", "iobj", "nsubj:pass"})
    elif verb.dep_ == "ccomp" and any(child.lower_ == "bahwa" for child in verb.lefts):
        return
    elif verb.dep_ != "parataxis":
        if verb.dep_ == "advcl" and _voice(head) == "passive":
            # "yang disampaikan Putin saat menelepon Xi": who does the one does the other.
            yield from (child for child in head.rights if child.dep_.startswith("obl") and child.i == head.i + 1)
        yield from _subjects(view, head, depth + 1)


def _of_noun(view: DocView, noun: Token, relative: bool) -> Iterator[Token]:
    """Of a clause on a noun: the noun itself after "yang", else its owner ("upaya *AS* untuk menahan")."""
    if not relative:
        yield from (child for child in noun.rights if child.dep_ in {"nmod", "nmod:poss"})
        governor = noun.head
        if noun.dep_ in {"obj", "obl"} and governor.pos_ == "VERB":
            yield from _subjects(view, governor, 1)
    yield noun


def _governor_agent(view: DocView, trigger: Trigger) -> list[Filler]:
    """The doer of a light verb: "*Putin* mengadakan pertemuan", "pertemuan digelar *Putin*"."""
    head = view.doc[trigger.head]
    governor = head.head
    if governor == head or governor.pos_ != "VERB":
        return []
    if governor.lower_ in word_classes(view.language, "verbs")["judging"]:
        return []
    if head.dep_ in {"nsubj:pass", "nsubj"}:
        return _agent(view, Trigger(governor.i, governor.i + 1, governor.i, _voice(governor)))
    return _subject_fillers(view, governor)


def _voice(verb: Token) -> Voice:
    return "passive" if verb.lower_.startswith("di") and verb.pos_ == "VERB" else "active"


def _governed(view: DocView, trigger: Trigger) -> Iterator[Token]:
    """Children of the trigger, then, for a noun, those of the verb it hangs on."""
    yield from _outer_children(view, trigger)
    head = view.doc[trigger.head]
    if trigger.voice == "noun" and head.head != head and head.head.pos_ == "VERB":
        yield from (child for child in head.head.rights if child.i >= trigger.end)


def _outer_children(view: DocView, trigger: Trigger) -> Iterator[Token]:
    for token in view.doc[trigger.start : trigger.end]:
        yield from (child for child in token.children if not trigger.start <= child.i < trigger.end)


def _tokens_after(view: DocView, start: int, reach: int) -> Iterator[Token]:
    for i in range(start, min(len(view.doc), start + reach)):
        if i > start and view.doc[i].is_sent_start:
            return
        yield view.doc[i]


def _argument_head(view: DocView, token: Token) -> Token:
    """The token that carries the coordination of the mention that begins at a token."""
    mention = view.mention_at(token.i)
    return token if mention is None else view.doc[view.token_at[mention.head]]


def _governor(view: DocView, trigger: Trigger) -> list[Filler]:
    head = view.doc[trigger.head]
    if head.head != head and head.head.pos_ in {"VERB", "NOUN", "ADJ"}:
        return _subject_fillers(view, head.head)
    return []


def _theme(view: DocView, trigger: Trigger) -> list[Filler]:
    return _subject_fillers(view, view.doc[trigger.head])


def _must(view: DocView, trigger: Trigger) -> list[Filler]:
    head = view.doc[trigger.head]
    verb = head.head if head.dep_ in {"aux", "advmod", "mark"} else head
    return _subject_fillers(view, verb)


def _inner(view: DocView, trigger: Trigger) -> list[Filler]:
    for token in _tokens_after(view, trigger.end, 4):
        mention = view.mention_at(token.i)
        if mention is not None and mention.kind == "name":
            return view.fillers(token, direct=False)
        if token.pos_ not in {"NOUN", "ADJ", "PROPN"}:
            break
    return []


def _owner(view: DocView, trigger: Trigger) -> list[Filler]:
    found = []
    for filler in _patient(view, trigger):
        mention = view.mention_at(filler.token)
        if mention is None or mention.kind != "nominal" or mention.type not in _ABSTRACT:
            continue
        after = view.mention_at(filler.token + 1) if filler.token + 1 < len(view.doc) else None
        if after is not None and after.kind == "name" and after.type in _ACTORS:
            found += view.fillers(view.doc[filler.token + 1], direct=False)
    return found


def _wished(view: DocView, trigger: Trigger) -> list[Filler]:
    for token in _tokens_after(view, trigger.end, _LINEAR_REACH):
        if token.lower_ in word_classes(view.language, "verbs")["wishes"]:
            subject = next((t for t in _tokens_after(view, token.i + 1, 3) if view.starts_mention(t)), None)
            return view.fillers(_argument_head(view, subject), direct=False) if subject is not None else []
    return []


def _self(view: DocView, trigger: Trigger) -> list[Filler]:
    mention = view.mention_at(trigger.head)
    if mention is None or mention.kind != "nominal" or not mention.referents:
        return []
    known = not view.referents[mention.referents[0]]["described"]
    return [Filler(trigger.head, mention.referents, mention.kind, direct=False)] if known else []


_SLOTS = {
    "agent": _agent,
    "patient": _patient,
    "possessor": _possessor,
    "predicate": _predicate,
    "between": _between,
    "before": _before,
    "after": _after,
    "speaker": _speaker,
    "governor": _governor,
    "theme": _theme,
    "must": _must,
    "owner": _owner,
    "self": _self,
    "wished": _wished,
    "inner": _inner,
    "topic": topic,
    "authority": authority,
    "apposed": apposed,
}
