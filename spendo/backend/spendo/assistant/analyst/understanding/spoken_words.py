"""Words of everyday English that are no name of anything in a ledger, unless written as one."""

from __future__ import annotations

from spendo.assistant.analyst.understanding.lexicon import word_set

VERBS = word_set(
    """
    abandon absorb abuse accelerate accept access accommodate accompany account accrue accuse
    achieve acknowledge acquire act activate adapt address adjust admire admit adopt advance
    afford aggregate agree aid alarm alert align alter amaze amend amount analyse analyze
    announce annoy anticipate apologise appeal apply appoint appraise appreciate approach
    approve argue arise arm arrange assemble assert assign assist assume assure astonish
    attach attain attempt attract author avoid await awake backtrack balance bark base bash
    bear beat befall beg behave bend benefit bet bind bite blame blend block blow boast bog
    bold bolt bookmark boost borrow bother bounce bow brag brave brief browse bruise brush
    budge bully bump bundle burden bury bust buzz calculate calibrate calm campaign cancel
    capture cause cease certify challenge chase cheat cheer chime choose chuck circle cite
    claim clarify clash classify cling clip clock close coincide collapse combine comfort
    command comment commit communicate commute compensate compete compile complain compose
    comprehend compress comprise compute conceal conceive concentrate concern conclude
    condense conduct confer confess confine conform confront confuse congratulate conserve
    consist constrain consult contact contain contemplate contrast control converse convey
    convince cope correlate correspond crack cram crash crave crawl creep critique crop cross
    crowd crumble crunch crush cultivate curb curl cushion cut damp dash daunt dawn daze
    debate debug decide decipher declare decline decode decrypt dedicate deduct deem defend
    defer define delay delight delve demand demonstrate deny depict deplete deposit deprive
    derail descend design desire detail detain detect deteriorate determine develop deviate
    devise devote diagnose dictate digest dim diminish dip disable disagree disappoint
    disapprove disclose disconnect discourage discover discuss disguise dislike dismiss
    dispatch dispose disrupt dissolve distinguish distort distract distribute disturb dive
    diverge document dodge dominate double downplay draft drag dread dream drift drown duck
    dump dwindle ease eavesdrop eclipse edge edit educate elaborate elect elevate elicit
    eliminate embark embarrass embed embrace emit emphasise emphasize employ empower enable
    enclose encode encompass encounter encourage endorse endure enforce engage enhance enjoy
    enlarge enlighten enlist enrich enrol ensue ensure entail entitle enumerate equate erode
    escalate escape establish evade evaluate evidence evoke exaggerate examine exceed excel
    excite execute exert exhaust exhibit exist expand explode exploit explore expose extend
    extract extrapolate fade faint familiarise familiarize fancy fare fasten favor favour fear
    feed feel fetch fight figure fill filter finalise fix flag flash flatten flee flick flip
    float flood flourish fluctuate flush fluster foil fold follow fool forbid force forecast
    foresee forgive format formulate foster frame freak freeze frighten fulfil fulfill gain
    gather gauge gaze generate glance glimpse glow govern grade grant grasp greet grip ground
    group guarantee guard guess guide haemorrhage halt hamper handle hang harm hasten hate
    haunt hear heed hesitate hide hinder hint honour hook hope hover hug hum hunt hurry hurt
    hustle identify ignite illustrate imagine imitate implement imply impose impress improve
    improvise inch incline inconvenience incorporate index indicate infer inflate influence
    inform inherit inhibit initiate inject innovate inquire insert insist inspect install
    instruct integrate intend intensify interact intercept interfere interpolate interpret
    interrupt intersect introduce invent inventory invert investigate invite invoke isolate
    issue itemise itemize iterate jeopardise jot judge juggle jumble justify key kick lack lag
    laugh launch lay lead leak lean leap lecture legitimise lessen let level lighten line
    locate lodge loom loosen love magnify maintain manage mandate manifest manipulate map
    march marvel master maximise maximize measure mediate meditate mention merit mess mimic
    mind minimise minimize mirror mislead misplace misread misunderstand mitigate mix moan
    mock moderate modify monitor motivate mount mull multiply muster narrate narrow navigate
    necessitate neglect negotiate normalise normalize notify nudge object oblige observe
    obstruct obtain occupy offend offer omit open operate optimise optimize organise organize
    originate oscillate outline outstrip outweigh overdo overhaul overlap overlook override
    oversee overspend overtake overturn overwhelm owe page pair panic paraphrase pardon parse
    participate paste pause peak peek peg penetrate perceive perform permit persist persuade
    pertain phrase pick pinpoint plague plan plead plot plummet plunge point ponder populate
    portray pose position possess postpone practice practise praise precede preclude predict
    prefer prepare present preserve presume pretend prevent prioritise prioritize probe
    proceed process proclaim procure prod produce prolong promote prompt pronounce protect
    protest prove provoke publish puff pursue puzzle qualify quantify quell query question
    quieten quote rack rank rattle react realise realize reappear reassess reassure rebound
    rebuild recap recite reckon recollect reconcile reconsider reconstruct recount recover
    rectify recur redirect redo refer refine reflect reformat refrain refresh refuse regain
    regret regroup regulate reinforce reject rejoice relate relax relay release relieve rely
    remark remedy render reopen reorganise repeat rephrase replace replicate reply reposition
    repress reproduce request rescue research resemble reset reside resist resolve respond
    restate restrict resume resurface retain rethink retrieve retry reunite revamp reveal
    reverse revert revise revisit revive revolve rewind rip risk roll rotate ruin rule rummage
    rush satisfy scan scare scatter scout scramble scrape scratch screen screw scroll scrub
    scrutinise scrutinize seal seek segment select sense separate serve shed shelter shift
    shine shock shoot shout shower shrink shrug shuffle shut sift sigh signal signify simplify
    sink situate sketch skim skip skyrocket slam slash slice slide slow smash smooth snag
    snapshot sneak soar soften sort sound spark speak specify spell spike spill spiral spoil
    sponsor spot spread squash squeeze squint stabilise stabilize stack stagger stall stamp
    stare startle steam steer stem step stick stir stitch strain stray strengthen stress
    stretch strike strip strive structure study stumble stun subside substitute subtract
    succeed suffer suggest suit summarise summon supervise suppose suppress surface surge
    surmise surpass surprise surrender surround survey survive suspect suspend sustain swap
    swear sweep swell swing switch synchronise synchronize synthesise tabulate tackle tail
    tailor tally tamper tap tear tease tend term terminate test thank thin threaten thrive
    throw thwart tick tie tighten tire title topple tot tote touch toy trace trail transcribe
    transform transmit treasure treat tremble trick trickle trigger trim trouble trust try tug
    tumble tune tweak twist uncover underestimate undergo underline undermine underpin
    understand understate undertake undo unfold unite unload unlock unpack unravel untangle
    unveil unwind update uphold upload upset urge utilise utilize validate vanish vary venture
    verify violate visualise visualize voice void vote vow wade wake wander wane want warn
    watch wave weaken wear weave weigh welcome whack while whisper whittle widen win wind
    withhold withstand witness wobble wonder word worry worsen wrap wreck wrestle yearn yell
    zoom
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
    abruptly additionally allowing alternatively answers appearing applicable appropriate
    approximation aspect aspects ate awareness awesome background baffled ballpark basic basis
    beaten becoming beforehand begun believing bent besides bitten bold bore born borne brave
    bred bright brilliant building calculation calculations calling careless central chief
    chiefly chose chosen circumstance circumstances clarification clarity clue collectively
    comparisons complicated context continually continuing continuously conversely core
    corresponding countless course creating crucial definite degree digest distinct drank
    drawn dreamt drew driven drunk dug dull dumb dying element elements enquiry estimates
    evolution examples exceptionally expecting explanation explanations eyes fashion fed
    feeling felt finding firstly fled flew forbidden foresaw foreseen forgiven formerly fought
    freshest froze frozen fundamental fundamentally funny furthermore general genuine glimpse
    grounds hands heard hearing heart helping henceforth hereafter hereby herein heretofore
    hid hidden hitherto humble hung info initial inkling inquiry insights instances interested
    irrespective jiffy jointly keen key killing knew knowing knowledge laid lain lastly leapt
    learning learnt led lent lit literally logical luckily manner matters meantime minor
    minute mistaken mo movement movements neat needing neighbourhood nevertheless noisy
    nonetheless notion notwithstanding nowadays occasion offering opinion outcome outcomes
    outline overcame overcome oversaw overseen overviews perspective picture pleasant
    practically promptly purposes quiet rang rational reaching reading rebuilt recap reckless
    redrawn redrew regardless regards region remembering reply reportedly reset resold respect
    response results rewritten rewrote ridden rode roundup rung sang sank sat scarcely
    secondary secondly seeing seemingly sending serving setting shaken shallow shook shortly
    shot shut significantly similarly situation sizable sizeable slept sold solely sought
    special sped speedy spelt spoilt spoke spoken spun staying stole stolen stopping
    straightforward strongly struck suitable summaries sung sunk superb supposedly swam swept
    swore sworn swum swung taught thankfully thenceforth thereafter thereby therein thereof
    thereupon thirdly timid tore torn true truthfully tune turning unaware undergone
    understood undertaken undertook underwent undoubtedly unique unsure virtually walking
    wanting watching wept whereby wherein whereof wholly winning withdrawn withdrew withstood
    woke woken wonderful wore worn written wrote wrung
    """
)
