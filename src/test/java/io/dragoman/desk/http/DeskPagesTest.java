// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.check.CaseResult;
import io.dragoman.app.check.ProfileCases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a helpdesk tells in several pages is asked for page by page; what follows a write follows what is found, too. */
final class DeskPagesTest {
    @TempDir
    private Path home;

    private Path cases;

    @BeforeEach
    void write() throws Exception {
        cases = Files.createDirectories(home.resolve("acme"));
        Files.writeString(home.resolve("acme.yaml"), PROFILE);
        Files.writeString(cases.resolve("settings.yaml"), "key: the-key\nbaseUrl: https://acme.example\n");
    }

    @Test
    void everyPageOfATicketShouldBeRead() throws Exception {
        passes("poll", """
                poll: {at: "2026-11-21T10:00:30Z"}
                calls:
                  - request: {method: GET, url: "https://acme.example/changed?page=1", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '{"tickets": [{"id": 81, "closed": true}], "more": true}'}
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes", headers: *h}
                    answer: {body: '{"notes": [{"id": 21, "text": "one"}], "next": 2}'}
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes?page=2", headers: *h}
                    answer: {body: '{"notes": [{"id": 22, "text": "two"}]}'}
                  - request: {method: GET, url: "https://acme.example/changed?page=2", headers: *h}
                    answer: {body: '{"tickets": [{"id": 82}]}'}
                  - request: {method: GET, url: "https://acme.example/tickets/82/notes", headers: *h}
                    answer: {body: '{"notes": [{"id": 31, "text": "three"}]}'}
                events: |
                  [{"type": "agent.replied", "key": "21", "at": "2026-11-21T10:00:30.000Z", "reference": "81",
                    "parts": [{"type": "text", "text": "one"}]},
                   {"type": "agent.replied", "key": "22", "at": "2026-11-21T10:00:30.000Z", "reference": "81",
                    "parts": [{"type": "text", "text": "two"}]},
                   {"type": "conversation.closed", "key": "closed:closed 81", "at": "2026-11-21T10:00:30.000Z", "reference": "81"},
                   {"type": "agent.replied", "key": "31", "at": "2026-11-21T10:00:30.000Z", "reference": "82",
                    "parts": [{"type": "text", "text": "three"}]}]
                """);
    }

    @Test
    void earlierPagesShouldBeReadBeforeLaterOnes() throws Exception {
        Files.writeString(home.resolve("acme.yaml"), PROFILE.replace("next: next}", "earlier: next}"));
        passes("poll", """
                poll: {at: "2026-11-21T10:00:30Z"}
                calls:
                  - request: {method: GET, url: "https://acme.example/changed?page=1", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '{"tickets": [{"id": 81}]}'}
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes", headers: *h}
                    answer: {body: '{"notes": [{"id": 22, "text": "later"}], "next": 22}'}
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes?page=22", headers: *h}
                    answer: {body: '{"notes": [{"id": 21, "text": "earlier"}]}'}
                events: |
                  [{"type": "agent.replied", "key": "21", "at": "2026-11-21T10:00:30.000Z", "reference": "81",
                    "parts": [{"type": "text", "text": "earlier"}]},
                   {"type": "agent.replied", "key": "22", "at": "2026-11-21T10:00:30.000Z", "reference": "81",
                    "parts": [{"type": "text", "text": "later"}]}]
                """);
    }

    @Test
    void everyPageShouldBeLookedThrough() throws Exception {
        passes("later", """
                lookUp: {text: Hello, reference: "81", key: d-9}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '{"notes": [{"id": 21, "key": "d-7"}], "next": 2}'}
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes?page=2", headers: *h}
                    answer: {body: '{"notes": [{"id": 22, "key": "d-9"}], "next": 3}'}
                outcome: {is: found written 22}
                """);
        passes("nowhere", """
                lookUp: {text: Hello, reference: "81", key: d-9}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '{"notes": [], "next": 2}'}
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes?page=2", headers: *h}
                    answer: {body: '{"notes": []}'}
                outcome: {is: absent}
                """);
        passes("down", """
                lookUp: {text: Hello, reference: "81", key: d-9}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '{"notes": [], "next": 2}'}
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes?page=2", headers: *h}
                    answer: {status: 503}
                outcome: {is: unknown}
                """);
    }

    @Test
    void whatFollowsAnOpeningShouldFollowOneThatIsFound() throws Exception {
        passes("followed", """
                lookUp: {text: Hello, key: d-9, notes: [by a rule]}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets?key=d-9", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '[{"id": 82}]'}
                  - request: {url: https://acme.example/people, headers: *h, body: '{"name": "Ana"}'}
                    answer: {body: '{"id": 6}'}
                  - request: {method: GET, url: "https://acme.example/tickets/82/notes", headers: *h}
                    answer: {body: '{"notes": []}'}
                  - request: {url: https://acme.example/tickets/82/notes, headers: *h, body: '{"text": "by a rule", "by": "6"}'}
                    answer: {body: '{"id": 21}'}
                outcome: {is: found 82}
                """);
        passes("there-already", """
                lookUp: {text: Hello, key: d-9, notes: [by a rule]}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets?key=d-9", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '[{"id": 82}]'}
                  - request: {url: https://acme.example/people, headers: *h, body: '{"name": "Ana"}'}
                    answer: {body: '{"id": 6}'}
                  - request: {method: GET, url: "https://acme.example/tickets/82/notes", headers: *h}
                    answer: {body: '{"notes": [{"id": 21}]}'}
                outcome: {is: found 82}
                """);
        passes("not-followed", """
                lookUp: {text: Hello, key: d-9, notes: [by a rule]}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets?key=d-9", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '[{"id": 82}]'}
                  - request: {url: https://acme.example/people, headers: *h, body: '{"name": "Ana"}'}
                    answer: {status: 500}
                outcome: {is: found 82, losses: ["Acme was sent a part of it alone: Acme answered 500."]}
                """);
        passes("first-attempt", """
                send: {text: Hello, key: d-9, notes: [by a rule]}
                calls:
                  - request: {url: https://acme.example/people, headers: &h {Authorization: Bearer the-key}, body: '{"name": "Ana"}'}
                    answer: {body: '{"id": 6}'}
                  - request: {url: https://acme.example/uploads, headers: *h, body: '{}'}
                    answer: {body: '{"id": 7}'}
                  - request: {url: https://acme.example/tickets, headers: *h, body: '{"text": "Hello", "key": "d-9", "upload": 7}'}
                    answer: {body: '{"ticket": 82}'}
                  - request: {url: https://acme.example/tickets/82/notes, headers: *h, body: '{"text": "by a rule", "by": "6"}'}
                    answer: {body: '{"id": 21}'}
                outcome: {is: sent 82}
                """);
    }

    private void passes(String name, String written) throws Exception {
        Files.writeString(cases.resolve(name + ".yaml"), written);
        List<CaseResult> results = new ProfileCases(new HttpDesk().profile(home.resolve("acme.yaml"))).run(cases);
        assertThat(results.stream()
                        .filter(result -> result.name().equals(name) || !result.passed())
                        .map(result -> result.name() + ": " + result.failure())
                        .collect(Collectors.joining("\n")))
                .isEqualTo(name + ": null");
    }

    private static final String PROFILE = """
            name: Acme
            side: desk
            description: Tickets in Acme.
            settings:
              key: {type: secret, about: "The API key, from Acme's console.", required: true}
              baseUrl: {type: url, about: "Where Acme's API is.", required: true}
            receive:
              reply: {when: $exists(text), id: id, reference: ticket, text: text}
              closed: {when: closed, id: closed, reference: ticket}
              poll:
                path: /changed
                query: "{'page': $first(page, 1)}"
                items: tickets
                next: "more ? $first($page, 1) + 1"
                detail: {path: "/tickets/{item.id}/notes", query: "{'page': page}", next: next}
                each: |
                  $append($map(detail.notes, function($one) {$merge([$one, {'ticket': $string($document.id)}])}),
                    closed and $not($exists(further)) ? {'closed': 'closed ' & id, 'ticket': $string(id)})
            send:
              auth: {bearer: key}
              steps:
                person: {path: /people, json: "{'name': name}", value: $string(id)}
                upload: {path: /uploads, json: "{}", value: id}
                notes:
                  when: $count(notes) > 0
                  first:
                    - {when: doubt, path: "/tickets/{reference}/notes", value: "notes[0].id"}
                    - {path: "/tickets/{reference}/notes", json: "{'text': $join(notes, ' '), 'by': steps.person}", value: id}
              create:
                needs: [person, upload]
                then: notes
                path: /tickets
                json: "{'text': body, 'key': key, 'upload': steps.upload}"
                answer: {reference: ticket}
                lookUp:
                  path: /tickets
                  query: "{'key': key}"
                  reference: $.id
              append:
                path: /tickets/{reference}
                json: "{'text': body, 'key': key}"
                lookUp:
                  path: /tickets/{reference}/notes
                  query: "{'page': page}"
                  next: next
                  written: "notes[key = $key].id"
              answer: {written: note}
            """;
}
