def test_smoke(demo, open_page, complaints):
    page = open_page(demo.everyone)
    page.goto("/")
    print(page.title())
    for d in demo.documents.values():
        print(d.status, d.title, [(c.requirement_class, c.deadline, c.confidence, c.quote) for c in d.candidates.all()])
    print(complaints)
