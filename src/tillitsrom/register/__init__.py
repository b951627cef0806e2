"""Register: steering documents, the requirements read from them, their owners, costs and lives (C4, C5).

Reading order: models, lifecycle, rules, actions (documents, review, requirements, succession), jobs, store, search, filters,
cost, changes, views, api.

Document     received → reading → in review → published; a reading can fail and be tried again
Candidate    pending → accepted | rejected | replaced (split or merged); undo goes back to pending
Requirement  in force → questioned → under review → kept | simplified | merged | delegated | on trial | removed;
             superseded or lapsed when next year's letter is published
"""
