// A notice that uses every section, for tests that change one thing in it.
export const exampleNotice = `avow: 1
notice: pypi
title: PyPI Privacy Notice
controller: { name: Python Software Foundation, contact: psf@python.org }
covers: [pypi.org, "*.pypi.org", { host: nbviewer.org, stores: nothing, caution: Do not open sensitive notebooks here. }]
installed: { pip: [jupyterlab] }
recipients:
  fastly:
    role: processor
    name: Fastly
    does: carries every request
    holds: transits
    sees: [page]
    agreement: https://www.fastly.com/data-processing
    privacy: https://www.fastly.com/privacy/
    vouched: { says: same protection, by: infrastructure, on: 2024-10-04, until: 2027-10-04 }
  stripe:
    role: processor
    name: Stripe
    does: takes card payments
    reached: directly
    hosts: [js.stripe.com]
    visible to us: no
    holds: stores
    through: fastly
    agreement: https://stripe.com/legal/dpa
    privacy: https://stripe.com/privacy
    vouched: { says: same protection, by: treasurer, on: 2024-10-04, until: 2027-10-04 }
features:
  card-form: { does: lets you pay by card, needs: stripe, when: opt-in }
venues:
  forum: { name: the forum, operator: CDCK, url: "https://discuss.example", privacy: "https://discuss.example/privacy", contact: "mailto:team@discuss.example" }
practices:
  - id: web-traffic
    from: visitor
    reads: [IP address, user agent]
    data: [page, country]
    for: [improving the service]
    when: opt-out
    basis: legitimate interest
    keep: { pseudonymous: until the day closes, aggregate of 10: 25 months }
    to: nobody
    assumed: [when, basis, keep]
  - { id: payment, from: sponsor, data: [payment card], form: raw, for: [payment], when: necessary, basis: contract, keep: never by us, to: [stripe], needs: card-form }
  - { id: delivery, from: user, data: [e-mail address, page], sends: [page], form: raw, for: [service provision], when: always, basis: contract, keep: 1 year after the account closes, to: [fastly, stripe] }
  - { id: abuse, from: user, data: [e-mail address], form: raw, for: [fraud detection], when: fraud or misuse, basis: legitimate interest, keep: 30 days, to: public }
promises:
  - { id: address-private, never: { data: postal address, from: voting member, to: public } }
  - { id: no-join, never: { together: [IP address, display name] } }
  - { id: rights, rights: [correct, delete, restrict], within: 30 days }
  - { id: locked-room, attested: { says: the servers stand in a locked room, by: operations, on: 2026-01-01, until: 2027-01-01 } }
page:
  - What we collect: [web-traffic, payment, delivery, abuse]
  - Whom we use: [fastly, stripe, card-form, forum]
  - What we promise: [address-private, no-join, rights, locked-room]
words:
  web-traffic: We count visits, never visitors.
`;
