// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.ConversationBuilder;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.Identity;
import io.dragoman.model.Part;
import io.dragoman.rules.facts.Situation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds situations: {@code A.message("hello").on("sms").now()}. */
final class A {
    private final List<Part> parts = new ArrayList<>();
    private String channel = "shop-whatsapp";
    private String kind = "whatsapp";
    private String address = "+49 170 1234";
    private @Nullable String name = "Ana";
    private @Nullable String language;
    private @Nullable String senderLanguage;
    private @Nullable String country;
    private @Nullable String subject;
    private @Nullable String mailSubject;
    private @Nullable String automatic;
    private CustomerEvent.@Nullable Consent consent;
    private @Nullable String team;
    private @Nullable String assignee;
    private List<String> tags = List.of();
    private Map<String, String> attributes = Map.of();
    private List<String> contactTags = List.of();
    private Conversation.Priority priority = Conversation.Priority.NORMAL;
    private Situation.Tally tally = Situation.Tally.NONE;
    private boolean first = true;
    private Instant at = Instant.parse("2026-11-23T10:00:00Z");

    private A() {}

    static A message(String text) {
        return new A().part(new Part.Text(text));
    }

    static A nothingBut(Part part) {
        return new A().part(part);
    }

    A part(Part part) {
        parts.add(part);
        return this;
    }

    A on(String channel, String kind) {
        this.channel = channel;
        this.kind = kind;
        return this;
    }

    A from(String address) {
        this.address = address;
        return this;
    }

    A named(@Nullable String name) {
        this.name = name;
        return this;
    }

    A speaking(@Nullable String conversation, @Nullable String sender) {
        this.language = conversation;
        this.senderLanguage = sender;
        return this;
    }

    /** A comment below a post. */
    A inPublic(String kind) {
        this.kind = kind;
        this.address = "public:77";
        return this;
    }

    A in(@Nullable String country) {
        this.country = country;
        return this;
    }

    A about(@Nullable String conversation, @Nullable String mail) {
        this.subject = conversation;
        this.mailSubject = mail;
        return this;
    }

    A automatic(String why) {
        this.automatic = why;
        return this;
    }

    A consent(CustomerEvent.Consent consent) {
        this.consent = consent;
        return this;
    }

    A with(@Nullable String team, Conversation.Priority priority, String... tags) {
        this.team = team;
        this.priority = priority;
        this.tags = List.of(tags);
        return this;
    }

    A assigned(String assignee, Map<String, String> attributes) {
        this.assignee = assignee;
        this.attributes = attributes;
        return this;
    }

    A by(String... contactTags) {
        this.contactTags = List.of(contactTags);
        return this;
    }

    A after(Situation.Tally tally) {
        this.tally = tally;
        return this;
    }

    A later() {
        this.first = false;
        return this;
    }

    A at(String instant) {
        this.at = Instant.parse(instant);
        return this;
    }

    A at(Instant instant) {
        this.at = instant;
        return this;
    }

    Situation now() {
        List<Identity> identities = List.of(new Identity("phone", address, true));
        CustomerEvent.MessageReceived event = new CustomerEvent.MessageReceived(
                "key",
                at,
                new CustomerEvent.Sender(address, identities, name, senderLanguage, country),
                "external",
                parts,
                null,
                new CustomerEvent.Threading(null, null, List.of(), mailSubject),
                automatic,
                consent,
                null);
        Conversation conversation = new ConversationBuilder(
                        "conversation", channel, kind, "contact", address, Instant.EPOCH)
                .subject(subject)
                .team(team)
                .assignee(assignee)
                .tags(tags)
                .attributes(attributes)
                .priority(priority)
                .language(language)
                .desk("helpdesk")
                .build();
        Contact contact = new Contact("contact", name, null, identities, contactTags);
        return new Situation(event, conversation, contact, first, tally, at);
    }
}
