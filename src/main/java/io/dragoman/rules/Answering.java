// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import io.dragoman.model.Conversation;
import io.dragoman.model.Part;
import io.dragoman.rules.action.AnswerQuestion;
import io.dragoman.rules.answer.AnswerOptions;
import io.dragoman.rules.answer.AnswerOutcome;
import io.dragoman.rules.answer.AnswerOutcome.Ask;
import io.dragoman.rules.answer.AnswerOutcome.Kind;
import io.dragoman.rules.answer.AnswerWords;
import io.dragoman.rules.answer.Faq;
import io.dragoman.rules.answer.FaqEntry;
import io.dragoman.rules.answer.LanguageGuess;
import io.dragoman.rules.answer.Match;
import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.facts.Situation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers one message from the FAQ, or hands its conversation over; says why. For one thread. */
final class Answering {
    private static final int SHOWN = 3;
    private static final String ASKED = Kind.ANSWERED.word();

    private final Faq faq;
    private final Replies replies;
    private final AutoReplyGuard guard;
    private final Facts facts;
    private final Situation decided;
    private final AnswerWords words = AnswerWords.all();

    Answering(Faq faq, Replies replies, AutoReplyGuard guard, Facts facts, Situation decided) {
        this.faq = faq;
        this.replies = replies;
        this.guard = guard;
        this.facts = facts;
        this.decided = decided;
    }

    AnswerOutcome answer(String rule, AnswerOptions options) {
        String silent = silent();
        if (silent != null) {
            return outcome(rule, Kind.NOTHING, silent, null, null, 0);
        }
        String text = facts.rawText();
        Optional<String> person = words.asksForPerson(text);
        if (person.isPresent()) {
            String why = "the customer asked for a person ('" + person.get() + "')";
            return handOver(rule, options, why, language(text), null, misses());
        }
        Optional<Boolean> helped = helped(text);
        if (helped.isPresent() && !attribute(AnswerQuestion.STATE).equals(ASKED)) {
            return outcome(
                    rule, Kind.NOTHING, "it is a word of thanks, or a yes or no to nothing of ours", null, null, 0);
        } else if (helped.isPresent()) {
            return helped.get()
                    ? outcome(rule, Kind.HELPED, "the customer says that it helped", null, null, 0)
                    : missed(rule, options, "the customer says that it did not help", language(text), null);
        }
        String language = language(text);
        List<Match> found = faq.find(text, language, Set.copyOf(options.tags()), SHOWN);
        return Faq.isEnough(found)
                ? answered(rule, options, language, found)
                : missed(rule, options, "nothing in the FAQ is near enough", language, found);
    }

    /** Why nothing is answered and nobody is called; null where a question may be answered. */
    private @Nullable String silent() {
        Situation situation = facts.situation();
        if (situation.event().automatic() != null || situation.tally().own() != null) {
            return String.valueOf(guard.refuses(situation));
        }
        if (situation.tally().people() != null) {
            return situation.tally().people();
        }
        if (attribute(AnswerQuestion.STATE).equals(Kind.HANDED_OVER.word())) {
            return "the conversation was handed over";
        }
        return facts.rawText().isBlank() ? "the message has no words" : null;
    }

    /** Of the conversation before this message; a closed one begins anew. */
    private String attribute(String name) {
        Conversation before = facts.conversation();
        return before.status() == Conversation.State.CLOSED
                ? ""
                : before.attributes().getOrDefault(name, "");
    }

    private int misses() {
        String misses = attribute(AnswerQuestion.MISSES);
        return misses.matches("\\d") ? Integer.parseInt(misses) : 0;
    }

    private Optional<Boolean> helped(String text) {
        for (Part part : facts.situation().event().parts()) {
            if (part instanceof Part.ChoiceMade choice && isOurs(choice)) {
                return Optional.of(choice.id().equals(AnswerOutcome.YES));
            }
        }
        return words.yesOrNo(text);
    }

    private static boolean isOurs(Part.ChoiceMade choice) {
        return choice.id().equals(AnswerOutcome.YES) || choice.id().equals(AnswerOutcome.NO);
    }

    /** The message's script where it tells, what the channel tells, or what its words do; null where nothing is sure. */
    private @Nullable String language(String text) {
        return LanguageGuess.byScript(text)
                .or(() -> facts.languages().stream().findFirst())
                .or(() -> LanguageGuess.of(text))
                .orElse(null);
    }

    private AnswerOutcome answered(String rule, AnswerOptions options, @Nullable String language, List<Match> found) {
        FaqEntry entry = found.get(0).entry();
        AnswerOutcome outcome = outcome(
                rule, Kind.ANSWERED, "'" + entry.question() + "' at " + entry.place(), language, found, misses());
        Template.Rendering text = options.reply() == null
                ? new Template.Rendering(
                        entry.source() == null ? entry.answer() : entry.answer() + "\n" + entry.source(), null)
                : render(options.reply(), entry.language(), entry);
        Ask ask = words.sentences(entry.language())
                .map(own -> new Ask(said(options.helped(), entry.language(), own.helped()), own.yes(), own.no()))
                .orElse(null);
        String refused = guard.refuses(facts.situation());
        return outcome.saying(text.text(), ask, refused == null ? text.failure() : refused);
    }

    private AnswerOutcome missed(
            String rule, AnswerOptions options, String why, @Nullable String language, @Nullable List<Match> found) {
        int misses = misses() + 1;
        if (misses >= options.misses() || options.onDoubt()) {
            return handOver(
                    rule, options, why + (misses > 1 ? ", after " + misses + " misses" : ""), language, found, misses);
        }
        AnswerOutcome missed = outcome(rule, Kind.MISSED, why, language, found, misses);
        // to what nothing was found for nothing is said: it need not have been a question
        return found == null ? said(missed, options.again(), language, AnswerWords.Sentences::again) : missed;
    }

    private AnswerOutcome handOver(
            String rule,
            AnswerOptions options,
            String why,
            @Nullable String language,
            @Nullable List<Match> found,
            int misses) {
        AnswerOutcome outcome = outcome(rule, Kind.HANDED_OVER, why, language, found, misses);
        return said(outcome, options.handOver(), language, AnswerWords.Sentences::handOver);
    }

    private AnswerOutcome said(
            AnswerOutcome outcome,
            @Nullable String reply,
            @Nullable String language,
            Function<AnswerWords.Sentences, String> own) {
        String text = said(reply, language, words.sentences(language).map(own).orElse(""));
        return outcome.saying(text, null, text.isEmpty() ? null : guard.refuses(facts.situation()));
    }

    private String said(@Nullable String reply, @Nullable String language, String own) {
        if (reply == null) {
            return own;
        }
        Template.Rendering rendering = render(reply, language, null);
        return rendering.failure() == null ? rendering.text() : own;
    }

    private Template.Rendering render(String reply, @Nullable String language, @Nullable FaqEntry entry) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (entry != null) {
            answer.put("text", entry.answer());
            answer.put("question", entry.question());
            answer.put("source", entry.source() == null ? "" : entry.source());
        }
        return replies.render(
                reply,
                language == null ? facts.languages() : List.of(language),
                facts,
                decided,
                Map.of("answer", answer));
    }

    private static AnswerOutcome outcome(
            String rule, Kind kind, String why, @Nullable String language, @Nullable List<Match> found, int misses) {
        return new AnswerOutcome(
                rule,
                kind,
                why,
                language,
                found != null,
                found == null ? List.of() : AnswerOutcome.near(found),
                misses,
                "",
                null,
                null);
    }
}
