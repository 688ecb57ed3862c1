"""Words of everyday English that are no name of anything in a ledger, unless written as one."""

from __future__ import annotations

from spendo.assistant.analyst.understanding.lexicon import word_set

SPOKEN_WORDS = word_set(
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
    """
)
