// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.app.check.CaseResult;
import io.dragoman.app.check.ProfileCases;
import io.dragoman.connector.Connector;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.RetrySafety;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a profile says of steps, look-ups and polls is what a helpdesk is asked, request by request. */
final class DeskLanguageTest {
    @TempDir
    private Path home;

    private Path cases;

    @BeforeEach
    void write() throws Exception {
        cases = Files.createDirectories(home.resolve("acme"));
        Files.writeString(home.resolve("acme.yaml"), PROFILE);
        Files.writeString(cases.resolve("settings.yaml"), "key: the-key\nbaseUrl: https://acme.example\nbot: \"7\"\n");
    }

    @Test
    void customerShouldBeFoundOrMadeAndKept() throws Exception {
        passes("found", """
                send: {text: Hello, identities: {phone: "+4915550101"}}
                calls:
                  - request: {method: GET, url: "https://acme.example/people?phone=%2B4915550101", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '[{"id": 5}]'}
                  - request: {url: https://acme.example/tickets, headers: *h, body: '{"person": "5", "text": "Hello"}'}
                    answer: {body: '{"ticket": 81, "note": 1}'}
                outcome: {is: sent 81 written 1, kept: {person: "5"}}
                """);
        passes("made", """
                send: {text: Hello, identities: {phone: "+4915550101"}}
                calls:
                  - request: {method: GET, url: "https://acme.example/people?phone=%2B4915550101", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '[]'}
                  - request: {url: https://acme.example/people, headers: *h, body: '{"name": "Ana", "key": "p-1"}'}
                    answer: {body: '{"id": 6}'}
                  - request: {url: https://acme.example/tickets, headers: *h, body: '{"person": "6", "text": "Hello"}'}
                    answer: {body: '{"ticket": 81, "note": 1}'}
                outcome: {is: sent 81 written 1, kept: {person: "6"}}
                """);
        passes("kept", """
                send: {text: Again, reference: "81", kept: {person: "6"}}
                calls:
                  - request: {url: https://acme.example/tickets/81, headers: {Authorization: Bearer the-key}, body: '{"person": "6", "text": "Again", "files": []}'}
                    answer: {body: '{"note": 2}'}
                outcome: {is: sent written 2}
                """);
    }

    @Test
    void failureBeforeTheWriteShouldSurelyBeNone() throws Exception {
        passes("lost", """
                send: {text: Hello}
                calls:
                  - request: {url: https://acme.example/people, headers: {Authorization: Bearer the-key}, body: '{"name": "Ana", "key": "p-1"}'}
                    answer: {status: 500}
                outcome: {is: retry provider-down}
                """);
        passes("nobody", """
                send: {text: Hello}
                calls:
                  - request: {url: https://acme.example/people, headers: {Authorization: Bearer the-key}, body: '{"name": "Ana", "key": "p-1"}'}
                    answer: {body: '{}'}
                outcome: {is: retry provider-down}
                """);
    }

    @Test
    void filesShouldGoAsSuchOrAsLinks() throws Exception {
        passes("file", """
                send: {text: Look, reference: "81", kept: {person: "6"}, media: {type: image/png, name: a.png, content: bytes}}
                calls:
                  - request: {url: "https://acme.example/files?name=a.png", headers: &h {Authorization: Bearer the-key}, body: bytes}
                    answer: {body: '{"token": "t-1"}'}
                  - request: {url: https://acme.example/tickets/81, headers: *h, body: '{"person": "6", "text": "Look", "files": ["t-1"]}'}
                    answer: {body: '{"note": 2}'}
                outcome: {is: sent written 2}
                """);
        passes("refused", """
                send: {text: Look, reference: "81", kept: {person: "6"}, media: {type: image/png, name: a.png, content: bytes, url: "https://x.example/1"}}
                calls:
                  - request: {url: "https://acme.example/files?name=a.png", headers: &h {Authorization: Bearer the-key}, body: bytes}
                    answer: {status: 415}
                  - request: {url: https://acme.example/tickets/81, headers: *h, body: '{"person": "6", "text": "Look\\na.png (Acme did not take this file): https://x.example/1", "files": []}'}
                    answer: {body: '{"note": 2}'}
                outcome: {is: sent written 2}
                """);
        passes("large", """
                send: {text: Look, reference: "81", kept: {person: "6"}, media: {type: image/png, name: a.png, content: more than ten bytes, url: "https://x.example/1"}}
                calls:
                  - request: {url: https://acme.example/tickets/81, headers: {Authorization: Bearer the-key}, body: '{"person": "6", "text": "Look\\na.png: https://x.example/1", "files": []}'}
                    answer: {body: '{"note": 2}'}
                outcome: {is: sent written 2}
                """);
        passes("form", """
                send: {notice: message.edited, text: Look, reference: "81", media: {type: image/png, name: a.png, content: bytes}}
                calls:
                  - request:
                      url: https://acme.example/tickets/81/notes
                      headers: {Authorization: Bearer the-key}
                      body: |
                        text: The customer changed a message. It says now: Look
                        upload[]: [a.png, image/png] bytes
                    answer: {body: '{"note": 3}'}
                outcome: {is: sent written 3}
                """);
    }

    @Test
    void refusedFileShouldNotTakeItsMessageAlong() throws Exception {
        passes("big", """
                send: {notice: message.edited, text: Look, reference: "81", media: {type: image/png, name: a.png, content: bytes, url: "https://x.example/1"}}
                calls:
                  - request:
                      url: https://acme.example/tickets/81/notes
                      headers: &h {Authorization: Bearer the-key}
                      body: |
                        text: The customer changed a message. It says now: Look
                        upload[]: [a.png, image/png] bytes
                    answer: {status: 413}
                  - request: {url: https://acme.example/tickets/81/notes, headers: *h, body: '{"text": "The customer changed a message. It says now:\\nLook\\na.png (Acme did not take this file): https://x.example/1"}'}
                    answer: {body: '{"note": 3}'}
                outcome: {is: sent written 3}
                """);
    }

    /** It took the file, and refuses the message that names it. */
    @Test
    void refusedMessageShouldGoWithoutTheFilesThatWereUploaded() throws Exception {
        passes("named", """
                send: {text: Look, reference: "81", kept: {person: "6"}, media: {type: image/png, name: a.png, content: bytes, url: "https://x.example/1"}}
                calls:
                  - request: {url: "https://acme.example/files?name=a.png", headers: &h {Authorization: Bearer the-key}, body: bytes}
                    answer: {body: '{"token": "t-1"}'}
                  - request: {url: https://acme.example/tickets/81, headers: *h, body: '{"person": "6", "text": "Look", "files": ["t-1"]}'}
                    answer: {status: 415}
                  - request: {url: https://acme.example/tickets/81, headers: *h, body: '{"person": "6", "text": "Look\\na.png (Acme did not take this file): https://x.example/1", "files": []}'}
                    answer: {body: '{"note": 2}'}
                outcome: {is: sent written 2, losses: ["Acme did not take files, whose links stand in the text: 1."]}
                """);
    }

    @Test
    void stateShouldGoInWordsOfTheirs() throws Exception {
        passes("state", """
                send: {notice: conversation.updated, reference: "81", tags: [vip, late], priority: urgent}
                calls:
                  - request: {url: https://acme.example/tickets/81/tags, headers: &h {Authorization: Bearer the-key}, body: '{"tag": "vip"}'}
                    answer: {body: '{}'}
                  - request: {url: https://acme.example/tickets/81/tags, headers: *h, body: '{"tag": "late"}'}
                    answer: {body: '{}'}
                  - request: {method: PUT, url: https://acme.example/tickets/81, headers: *h, body: '{"priority": "P1", "status": "open"}'}
                    answer: {body: '{}'}
                outcome: {is: sent}
                """);
    }

    @Test
    void answerWithoutTheIdOfWhatWasWrittenShouldBeInDoubt() throws Exception {
        passes("empty", """
                send: {text: Again, reference: "81", kept: {person: "6"}}
                calls:
                  - request: {url: https://acme.example/tickets/81, headers: {Authorization: Bearer the-key}, body: '{"person": "6", "text": "Again", "files": []}'}
                    answer: {status: 204, body: ""}
                outcome: {is: uncertain provider-down}
                """);
        passes("unreadable", """
                send: {text: Again, reference: "81", kept: {person: "6"}}
                calls:
                  - request: {url: https://acme.example/tickets/81, headers: {Authorization: Bearer the-key}, body: '{"person": "6", "text": "Again", "files": []}'}
                    answer: {body: "<html>"}
                outcome: {is: uncertain provider-down}
                """);
    }

    @Test
    void caseMayExpectThatNothingIsAsked() throws Exception {
        passes("nothing", """
                send: {notice: delivery.updated, reference: "81", text: Hello, status: delivered}
                calls: []
                outcome: {is: sent}
                """);
        Files.writeString(cases.resolve("something.yaml"), """
                send: {text: Again, reference: "81", kept: {person: "6"}}
                calls: []
                outcome: {is: sent}
                """);
        assertThat(new ProfileCases(new HttpDesk().profile(home.resolve("acme.yaml")))
                        .run(cases).stream().map(CaseResult::failure).filter(Objects::nonNull))
                .singleElement()
                .asString()
                .contains("0 requests", "1 requests");
    }

    @Test
    void whatFollowsAWriteShouldNeverUndoIt() throws Exception {
        passes("then", """
                send: {notice: message.deleted, reference: "81", text: Hello}
                calls:
                  - request: {method: DELETE, url: https://acme.example/tickets/81/last, headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '{"note": 4}'}
                  - request: {url: https://acme.example/tickets/81/marks, headers: *h, body: '{"mark": "4"}'}
                    answer: {status: 500}
                outcome: {is: sent written 4, losses: ["Acme was sent a part of it alone: Acme answered 500."]}
                """);
    }

    @Test
    void attemptOfUnknownEndShouldBeLookedUp() throws Exception {
        passes("opened", """
                lookUp: {text: Hello, key: d-9}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets?key=d-9", headers: {Authorization: Bearer the-key}}
                    answer: {body: '[{"id": 81, "key": "d-8"}, {"id": 82, "key": "d-9", "note": 1}]'}
                outcome: {is: found 82 written 1}
                """);
        passes("absent", """
                lookUp: {text: Hello, key: d-9}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets?key=d-9", headers: {Authorization: Bearer the-key}}
                    answer: {body: '[]'}
                outcome: {is: absent}
                """);
        passes("early", """
                lookUp: {text: Hello, key: d-9, since: "2026-11-21T10:00:10Z", at: "2026-11-21T10:00:30Z"}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets?key=d-9", headers: {Authorization: Bearer the-key}}
                    answer: {body: '[]'}
                outcome: {is: unknown}
                """);
        passes("down", """
                lookUp: {text: Hello, key: d-9}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets?key=d-9", headers: {Authorization: Bearer the-key}}
                    answer: {status: 503}
                outcome: {is: unknown}
                """);
        passes("anothers", """
                lookUp: {text: Hello, reference: "81", known: ["11", "12"]}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes?after=2026-11-21T09%3A58%3A30Z", headers: {Authorization: Bearer the-key}}
                    answer: {body: '[{"id": 11, "by": 7}, {"id": 12, "by": 7}, {"id": 13, "by": 9}]'}
                outcome: {is: absent}
                """);
        passes("written", """
                lookUp: {text: Hello, reference: "81", known: ["11"]}
                calls:
                  - request: {method: GET, url: "https://acme.example/tickets/81/notes?after=2026-11-21T09%3A58%3A30Z", headers: {Authorization: Bearer the-key}}
                    answer: {body: '[{"id": 11, "by": 7}, {"id": 12, "by": 7}]'}
                outcome: {is: found written 12}
                """);
        Connector acme = new HttpDesk().profile(home.resolve("acme.yaml"));
        assertThat(acme.retrySafety()).isEqualTo(RetrySafety.QUERYABLE);
        assertThat(acme).isInstanceOf(DeliveryLookup.class);
    }

    @Test
    void pollShouldTakeEveryPageAndNoPrivateNote() throws Exception {
        passes("poll", """
                poll: {at: "2026-11-21T10:00:30Z"}
                calls:
                  - request: {method: GET, url: "https://acme.example/changed?since=2026-11-21T09%3A00%3A30Z&page=1", headers: &h {Authorization: Bearer the-key}}
                    answer: {body: '{"tickets": [{"id": 81, "level": "P1"}], "more": true}'}
                  - request: {method: GET, url: https://acme.example/tickets/81/notes, headers: *h}
                    answer: {body: '[{"id": 21, "text": "On its way", "public": true, "by": 9}, {"id": 22, "text": "secret", "public": false, "by": 9}, {"id": 23, "text": "ours", "public": true, "by": 7}]'}
                  - request: {method: GET, url: "https://acme.example/changed?since=2026-11-21T09%3A00%3A30Z&page=2", headers: *h}
                    answer: {body: '{"tickets": [{"id": 82, "level": "P2"}]}'}
                  - request: {method: GET, url: https://acme.example/tickets/82/notes, headers: *h}
                    answer: {status: 404}
                events: |
                  [{"type": "agent.replied", "key": "21", "at": "2026-11-21T10:00:30.000Z", "reference": "81",
                    "parts": [{"type": "text", "text": "On its way"}]}]
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
              bot: {type: text, about: "The id of the user whose key it is.", required: true}
            receive:
              reply:
                when: public and by != $number($settings.bot)
                id: id
                reference: ticket
                text: text
              poll:
                path: /changed
                query: "{'since': since, 'page': $first(page, 1)}"
                items: tickets
                next: "more ? $first($page, 1) + 1"
                detail: {path: "/tickets/{item.id}/notes"}
                each: "$map(detail, function($one) {$merge([$one, {'ticket': $string($document.id)}])})"
            send:
              auth: {bearer: key}
              files: {largest: 10}
              words:
                priority: {normal: P3, urgent: P1}
              steps:
                person:
                  keep: true
                  first:
                    - when: $exists(contact.identities[type = 'phone'])
                      path: /people
                      query: "{'phone': contact.identities[type = 'phone'].value}"
                      value: "$[0].id"
                    - path: /people
                      json: "{'name': name, 'key': contact.id}"
                      value: id
                uploads:
                  each: files
                  path: /files
                  query: "{'name': item.name}"
                  bytes: "{item.type}"
                  value: token
                tags:
                  each: conversation.tags
                  path: /tickets/{reference}/tags
                  json: "{'tag': item}"
                mark:
                  path: /tickets/{reference}/marks
                  json: "{'mark': written}"
              create:
                needs: person
                path: /tickets
                json: "{'person': steps.person, 'text': body}"
                answer: {reference: ticket, written: note}
                lookUp:
                  path: /tickets
                  query: "{'key': key}"
                  reference: "$[key = $key].id"
                  written: "$[key = $key].note"
              append:
                needs: [person, uploads]
                path: /tickets/{reference}
                json: "{'person': steps.person, 'text': body, 'files': [steps.uploads]}"
              note:
                path: /tickets/{reference}/notes
                multipart: "{'text': $replace(note, '\\n', ' ')}"
                file: "upload[]"
                json: "{'text': note}"
              deleted:
                method: DELETE
                path: /tickets/{reference}/last
                then: mark
              updated:
                idempotent: true
                needs: tags
                method: PUT
                path: /tickets/{reference}
                json: "{'priority': $lookup(words.priority, conversation.priority), 'status': conversation.status}"
              lookUp:
                path: /tickets/{reference}/notes
                query: "{'after': since}"
                written: "$[by = $number($settings.bot)].id"
              answer: {written: note, code: error}
            """;
}
