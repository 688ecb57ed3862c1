"""Words of everyday English that are no name of anything in a ledger, unless written as one."""

from __future__ import annotations

from spendo.assistant.analyst.understanding.lexicon import word_set

VERBS = word_set(
    """
    accept access accompany account accrue achieve acquire act adapt address adjust admit advance
    afford agree aggregate alarm align amaze amount analyse analyze announce annoy apologise apply
    appreciate approach approve argue arise arrange assemble assist assume assure astonish attach
    attain attempt avoid balance base beat beg behave bet blame blow boost borrow bother bounce
    bundle bust calculate calm cancel cause cease challenge chase choose chuck clarify classify
    clock close coincide combine commit communicate compile complain compute conceal concern
    conclude confess confuse convince cope crawl creep cross crunch curb cut decide decline deduct
    deem defend define delay delve deposit descend detect determine develop devote dip disclose
    discover discuss dislike dispose distinguish distribute dive double dream dread dump edge
    elaborate eliminate embarrass employ enable encounter encourage endure enjoy ensure escalate
    establish evaluate examine exceed exist expand explode explore extend extract faint feed fetch
    fight figure finalise fix flag flatten flip float fluctuate fool forecast freak freeze frighten
    gain gather gauge generate grasp group guarantee guess guide haemorrhage hate haunt hesitate
    hint hope hunt hurt illustrate imagine imply impress improve inch indicate inflate inform
    inquire inspect interpret introduce itemise itemize judge justify kick lack laugh lay lean let
    level lighten line locate love manage marvel mess mind misplace moan monitor multiply narrow
    nudge obtain offend omit open operate organise organize overdo overlook overspend owe pair panic
    peak perceive perform persuade plan plot plummet plunge point ponder portray possess postpone
    predict prepare present pretend prevent proceed process prompt prove puzzle quantify query
    question quote rack rank realise realize rebound reckon reconcile recover refresh refuse regret
    reinforce relax release relieve rely remark reorganise repeat rephrase request rescue research
    resolve restrict retain reveal reverse revise rewind risk roll rotate ruin rule scare scrape
    scratch screw scroll seek segment separate shift shock shoot shout shrink shrug sigh simplify
    sink skim skip skyrocket slash slice smash snapshot soar sort speak specify spike spill spiral
    spread squeeze stagger stare steer step stray stress strike stumble subtract succeed suffer
    suggest summarise surge surprise survive suspect swap swear swell switch tally tease tend thank
    threaten throw tick tot tote trace transform treat trigger trim trust tumble uncover undergo
    understand undo untangle update upset verify vary wander warn weigh whack whittle witness wobble
    wonder worry yell zoom
    """
)
"""Verbs of talk about money and of talk at all; none that shops or categories are called."""


def _forms(verb: str) -> tuple[str, ...]:
    stem = verb.removesuffix("e")
    ends = "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"
    doubled = f"{verb}{verb[-1]}" if verb[-1] in "bdgmnpt" else stem
    third = f"{verb[:-1]}ies" if verb.endswith("y") else f"{verb}{ends}"
    past = f"{verb[:-1]}ied" if verb.endswith("y") else f"{stem}ed"
    return verb, third, past, f"{stem}ing", f"{doubled}ing", f"{doubled}ed"


SPOKEN_WORDS = frozenset(form for verb in VERBS for form in _forms(verb)) | word_set(
    """
    able absolutely accidentally accumulated accurate actual add added adding additional
    afterwards ages ahead aim allow allowed almost alone along alongside already although always
    amongst annual annually answer anybody anymore anyone anyway anywhere apparently appear
    appears approximate arrive arrived ask asked asking assess attributable attribute average
    away awful back bad badly barely based basically became because become becomes been before
    began behind being believe belong belongs beneath best better beyond big bigger bit bled
    bleed bleeding boil bother bottom bring bringing broke broken brought bunch burning
    calculate called came care careful carried carry carrying case cases caught cause caused
    causing certain certainly chew chewed chunk clean cleaned clear clearly close closely closer
    collect collected come coming compared complete completely concerned confirm connected
    consider considering constitute constitutes consume consumed continue contribute contributed
    correct could count counted cover covered covering crazy create curiosity curious current
    currently damage dare deal dealt decent definitely deliver demand depart departed depend
    derive describe deserve despite detail details determine devour devoured did differ
    different differently dig directly disappear disappeared display divide does doing done
    doubt down drain drained draining dropped due during each earlier early earmarked easily eat
    eaten either else elsewhere emerge end ended ending enough enter entire entirely equal
    especially essentially estimate even eventually ever everybody everyone evolve exact exactly
    examine exceed except exclusively expect expected explain express extent extra extremely eye
    face fact fair fairly fall fallen far fast faster feel feels fell few fewer figure fill
    final finally find fine finish finished first fit flow flowed flowing flown follow following
    forget form former forward found frankly frequently fresh from fully further gave generally
    genuinely get gets getting gist give given giving glance gone good got grab gradually grand
    great gross guess had halfway hand handed handing happen happened happening happens hard
    hardly has haul have having heading healthy hear heavily heck held hell help helpful hence
    here high higher highly hit hold holding honest honestly hope how however huge hurt ideally
    identify immediately impact important include included includes including incur incurred
    indeed indicate individual individually initially inside insight instance instead intend
    into involve involved issue itself join just keep keeping kept kinda kindly know known lack
    land landed large largely lately later latest lay lead leading leak leaked learn least leave
    leaves leaving left less let level lie like likely limit list listed little live lived
    living locate log long longer look looked looking looks lose losing lost low lower lump made
    main mainly major make makes making manage managed many mark match matched matter may maybe
    mean meaning means meant measure mention mere merely met might mind mine missing moment more
    moreover mostly much multiple must myself name namely near nearly necessarily need needed
    needs neither never new next nice nobody none nor normal normally note nothing notice
    noticed now nowhere obviously occasionally occur occurred odd off offer often okay old once
    ongoing only onto open or ordinarily original originally other otherwise ought ours out
    outside over overall own part partially particular particularly partly pass passed past peek
    per perhaps period personally pick picked piece place placed plain plainly please plus point
    poor portion possible possibly potentially pour poured precise precisely prefer present
    presently pretty previous previously primarily prior probably produce proper properly
    provide pull pulled pulling pure purely purpose push put putting quick quickly quite ran
    random rapidly rather reach reached read ready real really reason recall recent recently
    reckon recognise recognize record reduce reduced refer reflect regard regarding register
    registered regular relate related relative relevant remain remained remaining remember
    remind report represent represented represents require required respectively rest result
    resulting retrieve return reveal review right rise rough roughly run running said same saw
    say saying says scale scan see seem seems seen selected send sense separate separately
    serious seriously serve set several shall shape shed shelled short should show showed
    showing shown shows shrink shrunk side significant similar simple simply since single sit
    sits sitting size slightly slip slipped slow slowly small smaller so soak soaked some
    somebody somehow someone sometimes somewhat somewhere soon sort sorted specific specifically
    split spot stack stand standing stands start started starting state stated status stay
    stayed steady stick still stood stop stopped straight strictly strip struggle stuck stuff
    such suck sucked suddenly sum summarise summarize summary suppose supposed sure surely
    swallow swallowed sweep swing take taken takes taking talk talking tell tend term terms than
    thank that then there therefore think thinking this thorough though thought through
    throughout throw thrown thus tidy tight together told took top toss tossed total totally
    touch toward track tracked truly try trying turn turned twice type typical typically
    ultimately unable under understand unfortunately unless until untouched up upon use used
    useful using usual usually various vary versus very via view visible wait waiting walk want
    wanted wants was waste wasted watch way ways weigh well went were what whatever whatsoever
    when whenever where whereas wherever whether which whichever while whilst who whole whose
    why wide will willing wind wipe wise wish with within without wonder wondering word words
    work worked working works worse worst worth would write wrong yet yield yourself zero
    absurd accordingly accurate ages aha ahead alas allegedly amid angry anxious apiece apparent
    appalling arguably aside assorted atop aware awfully awkward backwards badly barely bloody
    blatantly boring brief briefly broad broadly broke brutal busy casually cautious ceiling
    chaotic cheeky cheerful clearly clever clueless comfortable common commonly complex confident
    considerable considerably consistent consistently constant constantly continuous convenient
    correctly correspondingly culprit curious daft damn damned dang darn deadly dear decent deeply
    delightful depressing desperate desperately differing difficult dire disappointing dodgy
    doubtful dramatic dramatically dreadful drastically dubious eager earnest easier easy effective
    effectively endless enormous enormously entirely equally equivalent especially essential
    evenly eventual evident evidently exactly excellent excessive extraordinary extreme fab
    fantastic fascinating favourite fewest fierce flat folks fond foolish former forth fortnight
    fortunate fortunately frantic freaking frequent friggin frightening fuller furthest gentle
    gigantic glad gladly gory grateful greatly grim guilty guys half handy happily happy harsh
    hefty hella helplessly hideous hilarious honest hopefully hopeless horrendous horrible
    horribly huge hugely humongous immediate immense inclusive incredible incredibly inevitable
    insane insanely instant instantly interesting invisible irritating jeez kindly lads lame
    latter lazy legit lengthy lightly likewise literal lmao lol lonely loads loose loud lousy
    lovely lowly lucky ludicrous mad madly magnitude mammoth marginal marginally massive
    massively mate max meanwhile merry mere messy mighty miserable moderate modest modestly
    moreish mostly myriad naturally naughty needless nervous newly newbie nicely noticeable
    noticeably notable notably numerous obvious odd oddly official officially omg oops outrageous
    outright overboard painful painfully particular peculiar perfect perfectly pesky pity pleased
    plenty polite poorly possible potential precise preferably presumably previous privately
    prompt proud provided pure quicker quickest quietly random rapid rarely rather readable
    recurrent relevant reliable reliably remarkable remarkably repeatedly respective responsible
    ridiculous ridiculously rightly rigorous rough rude sadly sane satisfied savvy scary sceptical
    secretly seldom sensible severe severely shameful sharply shocking shy sick significant silly
    simple sincere skint slack sloppy sneaky soberly solid somewhat sooner sorely sorry stable
    staggering startling steadily steady steep stellar stern stiff strange strangely strict strong
    stupid stupidly subsequent substantial substantially subtle sudden surely surprising
    surprisingly suspicious swift swiftly tad tangible tempted tense terrible terribly terrific
    thankful thorough thoroughly tidy tightly tiny tired tons tough tragic tremendous trend tricky
    trifle trivial troubling truly ugly ultimate umpteen unclear uncertain uneasy unexpected
    unexpectedly unhappy unlikely unusual unusually unreasonable upfront upset upside utter utterly
    vague vaguely valid variance various vast vastly verdict vice visible visibly vital vivid wary
    wee weird weirdly whatsoever whether whichever whoa whopping wicked wild wildly wow wrongly ya
    yay yeah yikes yo younger zilch
    telling told asking asked saying hoping hope heavyweight champion total-wise
    """
)
