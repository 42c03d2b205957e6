"""A training handbook and its question bank, kept in step.

The rooms, from the ground up; each imports only from those above it in this list. ARCHITECTURE.md has the walks.

    problems   what is wrong, where, and how to mend it            files      bytes -> files and zips, whole or not at all
    reading    files that authors write -> text, data, lines       items      what an item is: one folder for each type
    content    pages, facts, terms, laws, flowcharts, settings     bank       files of items, blueprints, the lock
    book       everything read once; data only                     exams      blueprint + bank -> forms
    review     what has changed since someone looked               rendering  templates -> HTML
    leaks      a private bank in what is published                 checks     the list of what is asked of a book
    pdf        the built site on paper, and its proof              papers     forms on paper, their records
    offline    a folder that opens from disk                       authoring  names changed everywhere, new things begun
    site       the web site; `site.mkdocs` knows MkDocs            cli        what trainers type; the only room that prints
"""
