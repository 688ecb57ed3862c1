"""Real words that are one slip away from a word of the analyst. They stay what they are."""

from __future__ import annotations

from spendo.assistant.analyst.understanding.lexicon import word_set

COMMON_WORDS = word_set(
    """
    abide abort accounted alone spoon stack stacks stacked
    advised alter answers apply arrived arrives asserts assess asset bagel
    baked balanced beans beard becomes began begun below beside bets black blank block board boats
    boots boring bread breakdowns breaks brings broker brown brush build buried burst busy
    calculates caller camel cancels candy cared carts cased casting casts cause causes chain chair
    chances chars charts chess chips chunking clean cleaned clearer clears clicking clock clone
    closed closer closes cloud coach coast codes coding compares comparisons completed completes
    computed computer const continues contributes conversions converter converts cores couldn
    counterparts counts craft crash creates credits crown dance dated deleted deletes developer
    differences diner displays disregards doesn doubled drama dream dress drink drive driven drops
    eagle earth erased estimated event examples exceeds excessive exchanged excluded expresses
    expressive extensive failing falls feature featured field files filling finds fired fixes
    flame flower flows forest forge forgets forgo form found franca frees fruit functions gains
    garden gives glass grape graphs grass green guest happens happy haven heart helps hides hires
    holes honey house humans ideal ideas ignored ignores improved improves informations
    institution investments juice jumps keeps knife known knows lasts latter layer leading leaking
    leaning lease lemon letters light limits lists lives loads looks loses lossy lowers lunch
    machines magic maple marked marker marks meanings means meant media meets menus messing metal
    minimums misses mixed modal models modes mouse moves music names needs neighbours newer nicer
    niche night novel numbers ocean older olive onion opera option organ others overs owned owning
    paging paint paper parent parts party pasta paste pasted peach pearl percentages periods
    persona persons phone photo piano pizza placed plant plaza points poker ported posts power
    powers press prime prince prints problem programs projections projects prompts proposed
    protect protected protection pulse pushes quarters queen quiet quite radio raises ranch ranges
    react realm reasonably receives recently recognised recognized recognizes reduced reduces
    relay reliably remote removed removes replay reply reports results retired rights risks river
    roast robot roles royal ruled runaway safety salad sampled samples saxes scarf scope scored
    scores scripts sending sends settle shade shake shame shape shared shares sharp shell shine
    shipped ships shirt short shouldn sides simple skill skirt sleep slide small smart smile smoke
    snack soup spare speeding speeds spice sport stack stages stale stars state statements stats
    stays steak steam stick stone stones stops storm stove stubs stuck sugar suggests sushi sweet
    systems table tacos taken takes taking tells theme three tiger timer timers toast tooth torch
    tower toys trace tracks trail train transform transforms transition transitions translated
    translates translation translations trick trips tulip typed uncle union valley values video
    views villa visits vista voice water weren whale wheat wheel white width wording wordings
    works world wouldn writer writes wrote yacht young yours
    """
)
