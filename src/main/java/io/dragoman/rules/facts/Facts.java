// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules.facts;

import io.dragoman.model.Conversation;
import io.dragoman.model.Part;
import io.dragoman.rules.answer.LanguageGuess;
import io.dragoman.rules.hours.Calendars;
import io.dragoman.rules.text.QuotedText;
import io.dragoman.rules.text.SearchText;
import io.dragoman.rules.text.TextFolding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A situation, and what several rules want to know of it: worked out when first asked for. For one thread. */
public final class Facts {
    private final Situation situation;
    private final Calendars calendars;
    private @Nullable SearchText text;
    private @Nullable SearchText unmarked;
    private @Nullable SearchText subject;
    private @Nullable SearchText name;
    private @Nullable Map<String, Object> variables;
    private @Nullable String language;
    private boolean guessed;

    public Facts(Situation situation, Calendars calendars) {
        this.situation = situation;
        this.calendars = calendars;
    }

    public Situation situation() {
        return situation;
    }

    /** As it was before this message. */
    public Conversation conversation() {
        return situation.conversation();
    }

    public Calendars calendars() {
        return calendars;
    }

    /** What the customer wrote and picked, as it is shown: of a mail without the quoted history. */
    public SearchText text() {
        if (text == null) {
            text = new SearchText(rawText());
        }
        return text;
    }

    public String rawText() {
        return joined(Facts::text);
    }

    private String joined(Function<Part, String> text) {
        StringBuilder joined = new StringBuilder();
        for (Part part : situation.event().parts()) {
            String piece = text.apply(part);
            if (!piece.isEmpty() && joined.length() <= TextFolding.LONGEST) {
                joined.append(joined.length() == 0 ? "" : "\n").append(piece);
            }
        }
        return joined.toString();
    }

    /**
     * The whole text where it is more than the visible one, without the lines that are marked as quoted ({@code >}):
     * where the sender's words may stand although they were taken for the quoted history. Else as {@link #text}.
     */
    public SearchText unmarked() {
        if (unmarked == null) {
            unmarked = rawFull().equals(rawText()) ? text() : new SearchText(withoutMarked(rawFull()));
        }
        return unmarked;
    }

    /** What the customer wrote and picked, with what was taken for quoted history. */
    public String rawFull() {
        return joined(Facts::full);
    }

    private static String full(Part part) {
        return part instanceof Part.Text text && text.full() != null ? text.full() : text(part);
    }

    private static String withoutMarked(String text) {
        return text.lines().filter(line -> !line.stripLeading().startsWith(">")).collect(Collectors.joining("\n"));
    }

    public static String text(Part part) {
        return part.accept(PartWords.INSTANCE);
    }

    /** The subject of this mail, else of the conversation. */
    public SearchText subject() {
        if (subject == null) {
            subject = new SearchText(rawSubject());
        }
        return subject;
    }

    public String rawSubject() {
        String own = situation.event().threading().subject();
        return own != null ? own : QuotedText.orEmpty(situation.conversation().subject());
    }

    /** What the contact is called. */
    public SearchText name() {
        if (name == null) {
            name = new SearchText(rawName());
        }
        return name;
    }

    public String rawName() {
        String known = situation.contact().name();
        return known != null
                ? known
                : QuotedText.orEmpty(situation.event().sender().name());
    }

    /** The languages that the customer may read, the surest first. */
    public List<String> languages() {
        return Stream.of(
                        situation.conversation().language(),
                        situation.event().sender().language(),
                        situation.contact().language())
                .filter(Objects::nonNull)
                .filter(tag -> !tag.isBlank())
                .distinct()
                .toList();
    }

    /** The same; where nothing tells, what words were surely of. */
    public List<String> languages(@Nullable String guess) {
        List<String> told = languages();
        return told.isEmpty() && guess != null ? List.of(guess) : told;
    }

    /** The language of what was written: as it is known, else as the words are surely of. */
    public Optional<String> language() {
        if (!guessed) {
            guessed = true;
            language = languages().stream()
                    .findFirst()
                    .or(() -> LanguageGuess.of(rawText()))
                    .orElse(null);
        }
        return Optional.ofNullable(language);
    }

    /** Every address that the sender is known by. */
    public List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        addresses.add(situation.event().sender().address());
        situation.event().sender().identities().forEach(identity -> addresses.add(identity.value()));
        return addresses.stream().distinct().toList();
    }

    /** What expressions see. */
    public Map<String, Object> variables() {
        if (variables == null) {
            variables = Variables.of(this);
        }
        return variables;
    }
}
