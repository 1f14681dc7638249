"""What people here make passwords of: Finnish, Swedish and English stems, without accents.

A stem stands for its inflected forms: `kesalom` is kesäloma, kesälomalla and kesälomani. Words of
a site or a firm are none of these: they come from the settings and from the account.
"""

STEMS = tuple(
    """
    salasan tunnussan tunnus avainsan kirjaudu kayttaja paakaytt yllapit admin vaihdetta vaihdatam
    salainen salais testi kokeilu oletus uusisalasan tervetulo hyvaahuomen huomenta moikka terve
    kesa kesi kesalom syksy syysloma talvi talve talvilom kevat kevaa
    joulu joululom paasiai juhannus vappu
    tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu lokakuu marraskuu
    joulukuu maananta tiista keskiviik torsta perjanta lauanta sunnunta
    rakas rakkau kulta kulti muru aurinko kissa koira hevone enkeli perkele saatana vittu paska
    jumala isanmaa suomi finland helsinki espoo vantaa tampere turku oulu lahti kuopio jyvaskyla
    jokerit karpat tappara ilves leijona jaakiek jalkapal hyvinvoint
    asiak rekister tyovalmennu valmennu valmenta ohjaaj ohjaus kuntout tyopaja toimisto tietosuoj
    laskutu palvelu tyonhaku tyollis
    losenord losen passord hemlig valkommen sommar semester vinter host var jul julafton midsommar
    januari februari mars april maj juni juli augusti september oktober november december
    mandag tisdag onsdag torsdag fredag lordag sondag alskling sverige stockholm helsingfors
    kund klient handled arbete kontor dataskydd
    password passwort passwd letmein welcome login secret default changeme iloveyou monkey dragon
    sunshine princess football baseball superman batman master shadow summer winter spring autumn
    """.split()  # noqa: SIM905
)
# Neighbours on a keyboard and in the alphabet.
ROWS = (
    "qwertyuiopa",
    "asdfghjkloa",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "1234567890",
)
