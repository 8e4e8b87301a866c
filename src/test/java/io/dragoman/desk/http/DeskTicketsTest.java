// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.check.CaseResult;
import io.dragoman.app.check.ProfileCases;
import io.dragoman.simulator.HmacSigner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a profile says of customers and tickets that are there no more, or are another. */
final class DeskTicketsTest {
    @TempDir
    private Path home;

    private Path cases;

    @BeforeEach
    void write() throws Exception {
        cases = Files.createDirectories(home.resolve("acme"));
        Files.writeString(home.resolve("acme.yaml"), PROFILE);
        Files.writeString(
                cases.resolve("settings.yaml"), "key: the-key\nbaseUrl: https://acme.example\nsecret: the-secret\n");
    }

    @Test
    void staleValueShouldBeAskedAnewOnce() throws Exception {
        passes("anew", """
                send: {text: Hello, reference: "81", kept: {person: "5"}}
                calls:
                  - request: {url: https://acme.example/tickets/81, headers: &h {Authorization: Bearer the-key}, body: '{"person": "5", "text": "Hello"}'}
                    answer: {status: 422, body: '{"error": "no-person"}'}
                  - request: {url: https://acme.example/people, headers: *h, body: '{"key": "p-1"}'}
                    answer: {body: '{"id": 6}'}
                  - request: {url: https://acme.example/tickets/81, headers: *h, body: '{"person": "6", "text": "Hello"}'}
                    answer: {body: '{"note": 2}'}
                outcome: {is: sent written 2, kept: {person: "6"}}
                """);
        passes("once", """
                send: {text: Hello, reference: "81", kept: {person: "5"}}
                calls:
                  - request: {url: https://acme.example/tickets/81, headers: &h {Authorization: Bearer the-key}, body: '{"person": "5", "text": "Hello"}'}
                    answer: {status: 422, body: '{"error": "no-person"}'}
                  - request: {url: https://acme.example/people, headers: *h, body: '{"key": "p-1"}'}
                    answer: {body: '{"id": 6}'}
                  - request: {url: https://acme.example/tickets/81, headers: *h, body: '{"person": "6", "text": "Hello"}'}
                    answer: {status: 422, body: '{"error": "no-person"}'}
                outcome: {is: refused content-refused}
                """);
        passes("fresh", """
                send: {text: Hello, reference: "81"}
                calls:
                  - request: {url: https://acme.example/people, headers: &h {Authorization: Bearer the-key}, body: '{"key": "p-1"}'}
                    answer: {body: '{"id": 6}'}
                  - request: {url: https://acme.example/tickets/81, headers: *h, body: '{"person": "6", "text": "Hello"}'}
                    answer: {status: 422, body: '{"error": "no-person"}'}
                outcome: {is: refused content-refused}
                """);
        passes("doubt", """
                send: {text: Hello, reference: "81", kept: {person: "5"}}
                calls:
                  - request: {url: https://acme.example/tickets/81, headers: {Authorization: Bearer the-key}, body: '{"person": "5", "text": "Hello"}'}
                    answer: {status: 500, body: '{"error": "no-person"}'}
                outcome: {is: uncertain provider-down}
                """);
    }

    @Test
    void ticketShouldBeGoneWhereItSaysSo() throws Exception {
        passes("gone", """
                send: {text: Hello, reference: "81", kept: {person: "5"}}
                calls:
                  - request: {url: https://acme.example/tickets/81, headers: {Authorization: Bearer the-key}, body: '{"person": "5", "text": "Hello"}'}
                    answer: {status: 422, body: '{"error": "archived"}'}
                outcome: {is: gone}
                """);
        passes("person", """
                send: {text: Hello, reference: "81"}
                calls:
                  - request: {url: https://acme.example/people, headers: {Authorization: Bearer the-key}, body: '{"key": "p-1"}'}
                    answer: {status: 422, body: '{"error": "archived"}'}
                outcome: {is: refused content-refused}
                """);
        passes("unsure", """
                lookUp: {text: Hello, reference: "81", kept: {person: "5"}}
                calls:
                  - request: {url: "https://acme.example/tickets/81/find", headers: {Authorization: Bearer the-key}, body: '{"after": "2026-11-21T09:58:30Z"}'}
                    answer: {status: 410, body: '{"error": "archived"}'}
                outcome: {is: absent}
                """);
    }

    @Test
    void whatBelongsToAFormerTicketShouldGoWithIt() throws Exception {
        passes("thread", """
                send: {notice: message.edited, text: Hello, reference: "81"}
                calls:
                  - request: {method: GET, url: https://acme.example/tickets/81/thread, headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '{"id": "t-81"}'}
                  - request: {url: https://acme.example/threads/t-81, headers: *h, body: '{"text": "Hello"}'}
                    answer: {body: '{"note": 3}'}
                outcome: {is: sent written 3, kept: {thread: t-81}}
                """);
        passes("another", """
                send: {text: Hello, kept: {person: "5", thread: t-81}}
                calls:
                  - request: {url: https://acme.example/tickets, headers: {Authorization: Bearer the-key}, body: '{"person": "5", "text": "Hello"}'}
                    answer: {body: '{"ticket": 82, "note": 1}'}
                outcome: {is: sent 82 written 1, kept: {thread: ""}}
                """);
    }

    @Test
    void mergeShouldBeAReferenceThatChanged() throws Exception {
        passes("merged", """
                receive:
                  headers: {X-Signature: "1795255230;63f3b6e4"}
                  body: '{"id": 9, "merged": {"from": 81, "into": 82}}'
                unauthentic: true
                """);
        passes("moved", """
                receive:
                  headers: {X-Signature: "1795255230;SIGNED"}
                  body: '{"id": 9, "merged": {"from": 81, "into": 82}}'
                events: |
                  [{"type": "conversation.reference-changed", "key": "moved:9", "at": "2026-11-21T10:00:30.000Z", "reference": "81", "newReference": "82"}]
                answer: {body: '{"external_id":"9"}'}
                """.replace("SIGNED", signed("{\"id\": 9, \"merged\": {\"from\": 81, \"into\": 82}}")));
        passes("nowhere", """
                receive:
                  headers: {X-Signature: "1795255230;SIGNED"}
                  body: '{"id": 9, "merged": {"from": 81}}'
                malformed: receive.moved.to has no value
                """.replace("SIGNED", signed("{\"id\": 9, \"merged\": {\"from\": 81}}")));
    }

    private static String signed(String body) {
        return HmacSigner.hex("HmacSHA256", HmacSigner.utf8("the-secret"), HmacSigner.utf8("1795255230." + body));
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
              secret: {type: secret, about: "The webhook's secret.", verifies: true}
              baseUrl: {type: url, about: "Where Acme's API is.", required: true}
            receive:
              verify:
                hmac: {header: X-Signature#2, setting: secret, sign: "{header:X-Signature#1}.{body}", timestamp: X-Signature#1}
              reply:
                when: event = 'reply'
                id: id
                reference: ticket
                text: text
              moved:
                when: $exists(merged)
                id: id
                reference: merged.from
                to: merged.into
              answer: {json: "{'external_id': $string(id)}"}
            send:
              auth: {bearer: key}
              steps:
                person:
                  keep: true
                  path: /people
                  json: "{'key': contact.id}"
                  value: id
                thread:
                  keep: true
                  path: /tickets/{reference}/thread
                  value: id
              create:
                needs: person
                path: /tickets
                json: "{'person': steps.person, 'text': body}"
                answer: {reference: ticket, written: note, code: error}
              append:
                needs: person
                path: /tickets/{reference}
                json: "{'person': steps.person, 'text': body}"
                lookUp:
                  path: /tickets/{reference}/find
                  json: "{'after': since}"
                  written: "$.id"
              edited:
                needs: thread
                path: /threads/{steps.thread}
                json: "{'text': body}"
              answer: {written: note, code: error}
            errors:
              gone: [archived]
              stale: [no-person]
            """;
}
