// SPDX-License-Identifier: Apache-2.0
package io.dragoman.model;

import io.dragoman.model.Conversation.Priority;
import io.dragoman.model.Conversation.State;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A conversation in the making, or a change of one: open and of normal priority when nothing else is said. */
public final class ConversationBuilder {
    private final String id;
    private final String channel;
    private final String kind;
    private final String contact;
    private String address;
    private @Nullable String subject;
    private State status = State.OPEN;
    private @Nullable String team;
    private @Nullable String assignee;
    private final Set<String> tags = new LinkedHashSet<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private Priority priority = Priority.NORMAL;
    private @Nullable String language;
    private @Nullable String desk;
    private @Nullable String deskReference;
    private @Nullable Instant replyUntil;
    private final Instant createdAt;
    private Instant updatedAt;
    private @Nullable String previous;

    /** What every conversation has from its start; the address is where an answer goes. */
    public ConversationBuilder(String id, String channel, String kind, String contact, String address, Instant start) {
        this.id = id;
        this.channel = channel;
        this.kind = kind;
        this.contact = contact;
        this.address = address;
        this.createdAt = start;
        this.updatedAt = start;
    }

    ConversationBuilder(Conversation before) {
        this(before.id(), before.channel(), before.kind(), before.contact(), before.address(), before.createdAt());
        subject = before.subject();
        status = before.status();
        team = before.team();
        assignee = before.assignee();
        tags.addAll(before.tags());
        attributes.putAll(before.attributes());
        priority = before.priority();
        language = before.language();
        desk = before.desk();
        deskReference = before.deskReference();
        replyUntil = before.replyUntil();
        updatedAt = before.updatedAt();
        previous = before.previous();
    }

    public ConversationBuilder address(String address) {
        this.address = address;
        return this;
    }

    public ConversationBuilder subject(@Nullable String subject) {
        this.subject = subject;
        return this;
    }

    public ConversationBuilder status(State status) {
        this.status = status;
        return this;
    }

    public ConversationBuilder team(@Nullable String team) {
        this.team = team;
        return this;
    }

    public ConversationBuilder assignee(@Nullable String assignee) {
        this.assignee = assignee;
        return this;
    }

    /** Tags in place of those that it has. */
    public ConversationBuilder onlyTags(Collection<String> all) {
        tags.clear();
        tags.addAll(all);
        return this;
    }

    /** Adds tags that it does not have yet. */
    public ConversationBuilder tags(Collection<String> tags) {
        this.tags.addAll(tags);
        return this;
    }

    /** Sets attributes; others stay. */
    public ConversationBuilder attributes(Map<String, String> attributes) {
        this.attributes.putAll(attributes);
        return this;
    }

    public ConversationBuilder withoutAttribute(String name) {
        attributes.remove(name);
        return this;
    }

    public ConversationBuilder priority(Priority priority) {
        this.priority = priority;
        return this;
    }

    public ConversationBuilder language(@Nullable String language) {
        this.language = language;
        return this;
    }

    public ConversationBuilder desk(@Nullable String desk) {
        this.desk = desk;
        return this;
    }

    public ConversationBuilder deskReference(@Nullable String deskReference) {
        this.deskReference = deskReference;
        return this;
    }

    public ConversationBuilder replyUntil(@Nullable Instant replyUntil) {
        this.replyUntil = replyUntil;
        return this;
    }

    public ConversationBuilder updatedAt(Instant updatedAt) {
        this.updatedAt = updatedAt;
        return this;
    }

    public ConversationBuilder previous(@Nullable String previous) {
        this.previous = previous;
        return this;
    }

    public Conversation build() {
        return new Conversation(
                id,
                channel,
                kind,
                contact,
                address,
                subject,
                status,
                team,
                assignee,
                List.copyOf(tags),
                attributes,
                priority,
                language,
                desk,
                deskReference,
                replyUntil,
                createdAt,
                updatedAt,
                previous);
    }
}
