"""Invented news articles for tests of the whole analysis; no such people, firms or floods exist."""

FERRIES = """Ferry firm to cut 120 jobs at Larne harbour

Northlink Ferries will cut 120 jobs at Larne harbour this autumn, the company said on Tuesday.

“We looked at every other route first,” chief executive Maria Donnelly told reporters. “The route lost £4 million last year.”

Donnelly said that the two oldest ships would be sold in October. The ships carried 300,000 passengers in 2023.

The dockers' union, Portside, accused the company of hiding its accounts. “It is a disgrace,” said its leader, Tom Brady.

According to a report by the Harbour Commission published in May, freight traffic through Larne fell by 14 percent in two years.

Two former managers, who asked not to be named, said the sale had been planned since January.

The Department of Transport did not respond to a request for comment.

How many ships will be left by Christmas?
"""

LAKE = """Orro plain was once a lake as large as Malta, study finds

A lake as large as Malta covered the Orro plain about 9,000 years ago, according to a study published on Thursday in the Journal of Quaternary Geology.

Researchers drilled 42 cores and dated the salt in each of them. “It is a really wonderful result,” said Ines Faro, a geologist at the University of Evora and lead author of the study.

Faro said the lake dried out within three centuries. The team found shells of freshwater snails in 17 of the cores.

Paul Adeyemi, a climate scientist at Leeds who was not involved in the work, said the salt could have come from the sea.

Other experts said the lake may have been much smaller.

The plain is now home to about 2,000 farmers.

Visit the museum's website to see the cores.
"""

LOAN = """Minister quits over loan from developer

Housing minister Peter Hall resigned on Friday over a £200,000 loan from a property developer.

Hall denied that he broke the ministerial code. “I repaid every penny in March,” he said in a statement.

The Daily Gazette said the loan came from Greyfield Homes, citing two people familiar with the matter.

It is understood that the prime minister met Hall on Thursday night.

Opposition leader Joan Wright told The Daily Gazette that Hall had misled parliament in April.

“He hid the loan from the House,” Wright said. “He must never hold office again.”

City police said on Friday that detectives were reviewing the documents. A spokesman for Greyfield Homes declined to comment.
"""

FLOOD = """Flood kills at least nine in Vasna valley

At least nine people died and around 400 homes were destroyed when the Vasna river burst its banks on Sunday, local police said.

Witnesses said the water rose within minutes. “I saw cars float past the church,” said Elena Marin, who runs a bakery in the village of Dol.

The mayor of Dol, Ion Petrescu, said that rescuers had reached every house by Monday morning. The rescuers used 12 boats.

A dam upstream had reportedly cracked days earlier.

“I have been told by senior engineers that the dam was never inspected,” Petrescu said.

“The engineers warned the ministry in March.”

As many as 3,000 people are without power.
"""

STORIES = (FERRIES, LAKE, LOAN, FLOOD)
