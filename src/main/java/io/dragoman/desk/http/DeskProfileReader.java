// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Side;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.Conversation.Priority;
import io.dragoman.model.Words;
import io.dragoman.profile.CallReader;
import io.dragoman.profile.ErrorsReader;
import io.dragoman.profile.PageTemplate;
import io.dragoman.profile.Profile;
import io.dragoman.profile.ProfileReader;
import io.dragoman.profile.Section;
import io.dragoman.profile.SettingNames;
import io.dragoman.yaml.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a profile says of agents: their answers, what they do with conversations, and how they get notices. */
final class DeskProfileReader extends ProfileReader<DeskProfile> {
    private static final String POLL = "poll";
    private static final String TEST = "test";
    private static final String MERGED = "merged";
    private static final String TICKET_PAGE = "ticketPage";

    @Override
    protected List<String> keys() {
        return List.of(TEST, MERGED, TICKET_PAGE);
    }

    @Override
    protected Side side() {
        return Side.DESK;
    }

    @Override
    protected List<String> events() {
        return List.of("reply", "closed", "reopened", "moved", "updated");
    }

    @Override
    protected String polled() {
        return POLL;
    }

    @Override
    protected DeskProfile read(Profile.Head head, Section root, SettingNames settings) {
        String title = head.title().isEmpty() ? "the helpdesk" : head.title();
        ErrorCodes<String> errors = new ErrorsReader(root, title).ofDesk();
        Optional<Section> receive = root.section("receive");
        Optional<Section> send = root.section("send");
        Optional<CallReader> caller =
                send.map(section -> new CallReader(section, settings, new ErrorsReader(root, title).why()));
        if (receive.filter(section -> section.has(POLL)).isPresent() && caller.isEmpty()) {
            root.error("has receive.poll but no send:, whose auth: and baseUrl a poll needs.");
        }
        if (root.has(TEST) && caller.isEmpty()) {
            root.error("has test: but no send:, whose auth: and baseUrl a test needs.");
        }
        return new DeskProfile(
                head,
                reader(receive),
                send.map(section -> new NoticeReader(section, caller.orElseThrow(), title, errors)
                                .read(new ErrorsReader(root, title).stale(), isGone(root)))
                        .orElse(DeskProfile.Sending.NOTHING),
                receive.flatMap(section -> section.section(POLL))
                        .flatMap(poll -> caller.map(reader -> new PollReader(reader, title, errors).read(poll)))
                        .orElse(null),
                caller.filter(reader -> root.has(TEST))
                        .map(reader -> new ProbeReader(reader, title, errors).read(root))
                        .orElse(List.of()),
                root.text(MERGED, ""),
                PageTemplate.read(root, TICKET_PAGE).orElse(null));
    }

    private static boolean isGone(Section root) {
        return root.section("errors").filter(errors -> errors.has("gone")).isPresent();
    }

    private static AgentReader reader(Optional<Section> receive) {
        return new AgentReader(
                receive.flatMap(section -> section.section("reply"))
                        .map(DeskProfileReader::reply)
                        .orElse(null),
                receive.flatMap(section -> section.section("closed"))
                        .map(DeskProfileReader::change)
                        .orElse(null),
                receive.flatMap(section -> section.section("reopened"))
                        .map(DeskProfileReader::change)
                        .orElse(null),
                receive.flatMap(section -> section.section("moved"))
                        .map(DeskProfileReader::moved)
                        .orElse(null),
                receive.flatMap(section -> section.section("updated"))
                        .map(DeskProfileReader::update)
                        .orElse(null));
    }

    private static ReplyFields reply(Section reply) {
        reply.allow("when", "id", "reference", "conversation", "at", "text", "author", "replyTo", "media");
        reply.needExpression("id", "It finds the helpdesk's id of what the agent wrote.");
        if (!reply.has("text") && !reply.has("media")) {
            reply.error("has neither text: nor media:, so nothing would reach the customer.");
        }
        return new ReplyFields(
                place(reply),
                reply.expression("text"),
                reply.expression("author"),
                reply.expression("replyTo"),
                reply.expression("media"));
    }

    private static Place change(Section change) {
        change.allow("when", "id", "reference", "conversation", "at");
        return place(change);
    }

    private static MovedFields moved(Section moved) {
        moved.allow("when", "id", "reference", "conversation", "at", "to");
        return new MovedFields(
                place(moved), moved.needExpression("to", "It finds the id that the helpdesk knows it by from now on."));
    }

    private static Place place(Section section) {
        if (!section.has("reference") && !section.has("conversation")) {
            section.error(
                    "must have one of reference:, the helpdesk's id of the conversation, and conversation:, ours.");
        }
        return new Place(
                section.expression("when"),
                section.expression("id"),
                section.expression("reference"),
                section.expression("conversation"),
                section.expression("at"));
    }

    private static UpdateFields update(Section update) {
        update.allow(
                "when", "id", "reference", "conversation", "at", "assignee", "team", "tags", "priority", "priorities");
        if (update.has("priority") != update.has("priorities")) {
            update.error("must have both of priority: and priorities:, the helpdesk's words below ours.");
        }
        return new UpdateFields(
                place(update),
                update.expression("assignee"),
                update.expression("team"),
                update.expression("tags"),
                update.expression("priority"),
                update.section("priorities").map(DeskProfileReader::priorities).orElse(Map.of()),
                Sorting.NONE);
    }

    private static Map<String, Priority> priorities(Section priorities) {
        Map<String, Priority> words = new HashMap<>();
        priorities.node().needEntries(priorities.problems()).forEach((key, node) -> {
            Optional<Priority> ours = Words.find(Priority.class, key);
            if (ours.isEmpty()) {
                priorities.error(key, "is no priority of ours. " + Suggestion.sentence(key, Words.all(Priority.class)));
            }
            for (String word : priorities.texts(key)) {
                if (ours.isPresent() && words.put(word, ours.get()) != null) {
                    priorities.error(key, "has the word " + word + ", which stands here twice. Keep one of the two.");
                }
            }
        });
        return words;
    }
}
