"""Pages made up for the tests: an article, and pages that are none."""

PARAGRAPH = (
    "The council voted on Tuesday to close the old bridge over the river after engineers warned that its piers had "
    "moved by four centimetres since the spring."
)
SECOND = (
    "“It is not safe to wait for another winter,” said the chief engineer, Tom Reed, who measured the piers twice a "
    "week from a boat moored below the middle arch."
)
THIRD = (
    "Some 4,000 people cross the bridge every day, according to a count that the transport office made in March, and "
    "the next crossing lies eleven kilometres upstream at the old mill."
)
FOURTH = (
    "The mayor, Ines Holt, told reporters that a ferry would run from Monday, and that nobody would have to pay for it "
    "until the piers had been propped up with steel."
)
STANDFIRST = "Engineers say that the crossing may not survive another flood"
CAPTION = "The old bridge last week, seen from the boat"

ARTICLE = f"""<!doctype html>
<html lang="en"><head><title>Old bridge to close after piers move | The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post">
<meta property="article:published_time" content="2024-03-05T10:20:00Z">
<meta name="author" content="Ada Lind"></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Old bridge to close after piers move</h1>
<p class="standfirst">{STANDFIRST}</p>
<p class="byline">By Ada Lind</p>
<figure><img src="a.jpg" alt=""><figcaption>{CAPTION}. Photo: Lena Orr</figcaption></figure>
<p>{PARAGRAPH}</p>
<p>{SECOND}</p>
<h2>What next?</h2>
<p>{THIRD}</p>
<p>Read more: The other bridge</p>
<p>{FOURTH}</p>
</article><footer>Copyright The Harbour Post</footer></body></html>"""

CONSENT = """<html><head><title>The Harbour Post</title></head><body><h1>We value your privacy</h1>
<p>We and our partners use cookies to store and/or access information on a device and process your data, for
personalised ads. You can accept all or reject all, or manage settings. Read our privacy policy and cookie policy.</p>
<button>Accept all</button></body></html>"""

PAYWALL = f"""<html><head><title>Old bridge to close</title></head><body><article><h1>Old bridge to close</h1>
<p>{PARAGRAPH}</p><p>{SECOND}</p>
<div class="offer">Subscribe to continue reading. Already a subscriber? Log in.</div></article></body></html>"""

NOT_FREE = f"""<html><head><title>Old bridge to close</title><script type="application/ld+json">
{{"@type": "NewsArticle", "headline": "Old bridge to close", "isAccessibleForFree": false, "wordCount": 900}}
</script></head><body><article><h1>Old bridge to close</h1><p>{PARAGRAPH}</p><p>{SECOND}</p><p>{THIRD}</p>
</article></body></html>"""

LOGIN = """<html><head><title>Log in</title></head><body><h1>Log in</h1><form><input type="text" name="user">
<input type="password" name="secret"></form></body></html>"""

MISSING = """<html><head><title>Page not found</title></head><body><h1>Page not found</h1>
<p>Sorry, the page that you are looking for was moved or removed. Try the search or go to our home page.</p>
</body></html>"""

ROBOT = """<html><head><title>Just a moment...</title></head><body><h1>Just a moment...</h1>
<p>Checking your browser before you can see the page.</p></body></html>"""

VIDEO = """<html><head><title>Watch the bridge fall</title><meta property="og:type" content="video.other"></head>
<body><h1>Watch the bridge fall</h1><video src="bridge.mp4"></video><p>The bridge fell on Monday at noon.</p>
</body></html>"""

EMPTY_SHELL = """<html><head><title>The Harbour Post</title></head><body><div id="app"></div>
<script>start()</script></body></html>"""
