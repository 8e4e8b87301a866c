// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.check;

import io.dragoman.connector.Account;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Outbound.ToCustomer;
import io.dragoman.connector.Outcome;
import io.dragoman.model.Part;
import io.dragoman.model.Part.MediaKind;
import io.dragoman.model.Words;
import io.dragoman.yaml.Node;
import java.util.ArrayList;
import java.util.List;

/** A message of ours: {@code send}, the {@code request} that it must become, the {@code answer} and the {@code outcome}. */
final class SentCase {
    private final Connector connector;
    private final Account account;

    SentCase(Connector connector, Account account) {
        this.connector = connector;
        this.account = account;
    }

    CaseResult run(String name, Node root) {
        CaseResult.Kind kind = CaseResult.Kind.OTHER;
        try {
            Node send = need(root, "send");
            Node outcome = need(root, "outcome");
            CannedTransport transport = CannedTransport.of(
                    root, connector, account, ReceivedCase.time(CaseJson.text(send, "at", "2026-11-21T10:00:30Z")));
            Outcome ended = ((Channel) connector).send(account, message(send), transport);
            kind = ended instanceof Outcome.Sent ? CaseResult.Kind.SEND : CaseResult.Kind.REFUSAL;
            RequestCheck.of(root, transport, ended, CaseJson.text(outcome, "is", ""));
            return new CaseResult(name, kind, null);
        } catch (CaseFailed e) {
            return new CaseResult(name, kind, e.getMessage());
        }
    }

    static Node need(Node root, String key) throws CaseFailed {
        return root.get(key)
                .orElseThrow(() -> new CaseFailed("has no " + key + ": it must have receive:, or send: and outcome:"));
    }

    /** Such as {@code sent m-1}, {@code refused recipient-unknown}, {@code retry throttled PT7S}. */
    static String words(Outcome outcome) {
        if (outcome instanceof Outcome.Sent sent) {
            return "sent" + (sent.externalId() == null ? "" : " " + sent.externalId())
                    + (sent.written() == null ? "" : " written " + sent.written());
        }
        if (outcome instanceof Outcome.Retry retry) {
            return "retry " + Words.of(retry.reason()) + (retry.after() == null ? "" : " " + retry.after());
        }
        if (outcome instanceof Outcome.Refused refused) {
            return "refused " + Words.of(refused.reason());
        }
        if (outcome instanceof Outcome.Gone) {
            return "gone";
        }
        return outcome instanceof Outcome.Uncertain uncertain
                ? "uncertain " + Words.of(uncertain.reason())
                : outcome.toString();
    }

    /** The file of a case, with a public link, and with bytes where the case has some. */
    static Part.Media media(Node media) {
        String type = CaseJson.text(media, "type", "application/octet-stream");
        String name = CaseJson.text(media, "name", "");
        return new Part.Media(
                MediaKind.of(type),
                type,
                name.isEmpty() ? null : name,
                null,
                null,
                media.get("content").isPresent() ? "media-1" : null,
                CaseJson.text(media, "url", "https://chat.example.com/media/1"));
    }

    private static Part.Location location(Node place) throws CaseFailed {
        String name = CaseJson.text(place, "name", "");
        String address = CaseJson.text(place, "address", "");
        try {
            return new Part.Location(
                    Double.parseDouble(CaseJson.text(place, "latitude", "")),
                    Double.parseDouble(CaseJson.text(place, "longitude", "")),
                    name.isEmpty() ? null : name,
                    address.isEmpty() ? null : address);
        } catch (IllegalArgumentException e) {
            throw new CaseFailed("send.location must have the numbers latitude: within ±90 and longitude: within ±180");
        }
    }

    private static Part.Choices choices(Node choices) throws CaseFailed {
        List<Part.Choice> items = new ArrayList<>();
        for (Node item : choices.get("items").map(Node::items).orElse(List.of())) {
            String description = CaseJson.text(item, "description", "");
            items.add(new Part.Choice(
                    CaseJson.text(item, "id", ""),
                    CaseJson.text(item, "title", ""),
                    description.isEmpty() ? null : description));
        }
        if (items.isEmpty()) {
            throw new CaseFailed("send.choices must have items:, a list of {id, title}");
        }
        String button = CaseJson.text(choices, "button", "");
        return new Part.Choices(CaseJson.text(choices, "text", ""), items, button.isEmpty() ? null : button);
    }

    private static ToCustomer message(Node send) throws CaseFailed {
        List<Part> parts = new ArrayList<>();
        send.get("media").ifPresent(media -> parts.add(media(media)));
        if (send.get("location").isPresent()) {
            parts.add(location(need(send, "location")));
        }
        send.get("template")
                .ifPresent(template -> parts.add(new Part.Template(
                        CaseJson.text(template, "name", "name"),
                        CaseJson.text(template, "language", "en"),
                        template.get("parameters").map(Node::items).orElse(List.of()).stream()
                                .map(Node::text)
                                .toList())));
        if (send.get("choices").isPresent()) {
            parts.add(choices(need(send, "choices")));
        }
        send.get("text").ifPresent(text -> parts.add(new Part.Text(text.text())));
        if (parts.isEmpty()) {
            throw new CaseFailed("send must have text:, media:, location:, choices: or template:");
        }
        String replyTo = CaseJson.text(send, "replyTo", "");
        return new ToCustomer(
                CaseJson.text(send, "key", "d-1"),
                "m-1",
                "c-1",
                CaseJson.text(send, "to", ""),
                parts,
                replyTo.isEmpty() ? null : replyTo,
                null,
                List.of(),
                null,
                false);
    }
}
