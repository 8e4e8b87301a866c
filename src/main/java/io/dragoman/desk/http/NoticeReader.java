// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import io.dragoman.connector.Setting;
import io.dragoman.connector.kit.ErrorCodes;
import io.dragoman.model.DeskNotice;
import io.dragoman.profile.CallReader;
import io.dragoman.profile.CallReader.Files;
import io.dragoman.profile.CallTemplate;
import io.dragoman.profile.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code send} of a desk's profile: a request for each kind of news, and what belongs to it. For one thread. */
final class NoticeReader {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?(KB|MB)?");

    private static final Pattern STATE =
            Pattern.compile("\\b(?:conversation|theirs)\\.(status|tags|priority|team|assignee)\\b");
    private static final String UPDATED = String.valueOf(DeskProfile.KEYS.get(DeskNotice.Type.CONVERSATION_UPDATED));

    private final Section send;
    private final CallReader reader;
    private final String title;
    private final ErrorCodes<String> errors;
    private final StepReader steps;

    NoticeReader(Section send, CallReader reader, String title, ErrorCodes<String> errors) {
        this.send = send;
        this.reader = reader;
        this.title = title;
        this.errors = errors;
        this.steps = new StepReader(send, reader, title, errors);
    }

    /**
     * Every request that is there, by its key.
     *
     * @param stale the codes that say that a value is no longer good which was kept
     * @param followsUp whether some codes say that a ticket is gone
     */
    DeskProfile.Sending read(Set<String> stale, boolean followsUp) {
        List<String> keys = new ArrayList<>(List.of(DeskProfile.CREATE, DeskProfile.NOTE));
        keys.addAll(DeskProfile.KEYS.values());
        List<String> allowed = new ArrayList<>(keys);
        allowed.addAll(List.of("auth", "answer", "idempotent", "lookUp", "steps", "words", "files"));
        send.allow(allowed.toArray(String[]::new));
        Map<String, DeskCall> calls = new HashMap<>();
        for (String key : keys) {
            send.section(key).ifPresent(call -> calls.put(key, call(key, call)));
        }
        check();
        steps.checkNeeded();
        return new DeskProfile.Sending(
                calls,
                send.section("words").map(NoticeReader::words).orElse(Map.of()),
                send.section("files").map(NoticeReader::files).orElse(FileLimits.DEFAULT),
                stale,
                send.section(UPDATED).map(updated -> steps.says(updated, STATE)).orElse(Set.of()),
                followsUp);
    }

    private DeskCall call(String key, Section call) {
        CallTemplate request = reader.call(call, Files.SOME, "when", "answer", "needs", "then", "idempotent", "lookUp");
        List<Step> needs = steps.named(call, "needs", List.of());
        steps.check(call, needs);
        List<Step> then = steps.named(call, "then", needs);
        Optional<Section> lookUp = call.section("lookUp").or(() -> send.section("lookUp"));
        return new DeskCall(
                call.expression("when"),
                request,
                reader.answer(call, title, errors),
                needs,
                then,
                call.has("idempotent") ? call.flag("idempotent") : send.flag("idempotent"),
                lookUp.map(section -> lookUp(key, section, steps.followers(then, needs)))
                        .orElse(null));
    }

    private LookUp lookUp(String key, Section lookUp, List<Step> then) {
        CallTemplate request = reader.call(
                lookUp, Files.NONE, "when", "needs", "answer", "next", "found", "reference", "written", "settled");
        if (!lookUp.has("found") && !lookUp.has("reference") && !lookUp.has("written")) {
            lookUp.error("has none of found:, reference: and written:, so it never finds anything.");
        }
        if (key.equals(DeskProfile.CREATE) && !lookUp.has("reference")) {
            lookUp.error("has no reference:, the helpdesk's id of the conversation that a create: has opened. Give"
                    + " create: a lookUp: of its own.");
        }
        List<Step> needs = steps.named(lookUp, "needs", List.of());
        steps.check(lookUp, needs);
        return new LookUp(
                lookUp.expression("when"),
                request,
                reader.besides(lookUp, title, errors),
                needs,
                lookUp.expression("next"),
                lookUp.expression("found"),
                lookUp.expression("reference"),
                lookUp.expression("written"),
                duration(lookUp, "settled", "1m"),
                then);
    }

    /** A length of time. */
    static Duration duration(Section section, String key, String otherwise) {
        return section.parsed(
                key, section.text(key, otherwise), Setting.duration(key, "").parser(), Duration.ofMinutes(1));
    }

    private static Map<String, Object> words(Section words) {
        Map<String, Object> all = new HashMap<>();
        words.node().needEntries(words.problems()).forEach((name, node) -> {
            Map<String, Object> theirs = new HashMap<>();
            node.needEntries(words.problems())
                    .forEach((ours, word) -> theirs.put(ours, word.needText(words.problems())));
            all.put(name, theirs);
        });
        return all;
    }

    private static FileLimits files(Section files) {
        files.allow("largest", "together", "most");
        long largest = size(files, "largest", FileLimits.DEFAULT.largest());
        int most = files.parsed("most", files.text("most", "20"), NoticeReader::count, FileLimits.DEFAULT.most());
        return new FileLimits(largest, size(files, "together", Math.max(largest, FileLimits.DEFAULT.together())), most);
    }

    private static int count(String text) {
        if (!text.matches("[1-9][0-9]?")) {
            throw new IllegalArgumentException("must be a number from 1 to 99");
        }
        return Integer.parseInt(text);
    }

    private static long size(Section files, String key, long otherwise) {
        Optional<String> text = files.text(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        Matcher size = SIZE.matcher(text.get());
        if (!size.matches()) {
            files.error(key, "is '" + text.get() + "' but must be a size such as 512 KB or 5 MB.");
            return otherwise;
        }
        int shift = "MB".equals(size.group(2)) ? 20 : "KB".equals(size.group(2)) ? 10 : 0;
        return Long.parseLong(size.group(1)) << shift;
    }

    private void check() {
        if (!send.has("append")) {
            send.error("has no append:, the request that adds a customer's message to a conversation.");
        }
        boolean named =
                send.section("answer").filter(answer -> answer.has("reference")).isPresent()
                        || send.section(DeskProfile.CREATE)
                                .flatMap(create -> create.section("answer"))
                                .filter(answer -> answer.has("reference"))
                                .isPresent();
        if (send.has(DeskProfile.CREATE) && !named) {
            send.error(
                    DeskProfile.CREATE,
                    "has no answer.reference, the helpdesk's id of the conversation, which every other request needs.");
        }
    }
}
