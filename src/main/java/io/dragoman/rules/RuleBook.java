// SPDX-License-Identifier: Apache-2.0
package io.dragoman.rules;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.dragoman.model.Purpose;
import io.dragoman.rules.Decision.Check;
import io.dragoman.rules.action.Action;
import io.dragoman.rules.action.Actions;
import io.dragoman.rules.answer.Faq;
import io.dragoman.rules.answer.FaqReader;
import io.dragoman.rules.condition.Condition;
import io.dragoman.rules.condition.Condition.Finding;
import io.dragoman.rules.condition.Conditions;
import io.dragoman.rules.facts.Facts;
import io.dragoman.rules.facts.Situation;
import io.dragoman.rules.facts.Trigger;
import io.dragoman.rules.hours.Calendars;
import io.dragoman.rules.hours.Hours;
import io.dragoman.rules.hours.HoursReader;
import io.dragoman.rules.listen.Listening;
import io.dragoman.rules.listen.ListeningReader;
import io.dragoman.rules.listen.PublicAnswers;
import io.dragoman.rules.poll.Poll;
import io.dragoman.rules.poll.PollsReader;
import io.dragoman.rules.schema.SchemaKey;
import io.dragoman.rules.survey.Survey;
import io.dragoman.rules.survey.SurveysReader;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules with their replies and hours. Read from the top; every rule that matches applies, until one says stop.
 * Immutable and thread-safe; deciding touches neither clock nor network nor files.
 */
public final class RuleBook implements Rules {
    /** No rules at all. */
    public static final RuleBook EMPTY = read(RuleFiles.of(null, null, null), Set.of(), Set.of(), new Problems());

    private static final List<SchemaKey> KEYS = Stream.of(
                    RulesReader.KEYS,
                    Actions.KEYS,
                    Conditions.KEYS,
                    TriggerReader.KEYS,
                    AutoReplyGuard.KEYS,
                    QuietHours.KEYS,
                    ConsentPolicy.KEYS,
                    Replies.KEYS,
                    HoursReader.KEYS,
                    SurveysReader.KEYS,
                    ListeningReader.KEYS,
                    PollsReader.KEYS,
                    FaqReader.KEYS)
            .flatMap(List::stream)
            .toList();

    private final List<Rule> rules;
    private final Replies replies;
    private final Faq faq;
    private final Calendars calendars;
    private final AutoReplyGuard guard;
    private final QuietHours quiet;
    private final Set<Trigger> triggers;
    private final List<Survey> surveys;
    private final Listening listening;
    private final List<Poll> polls;

    private RuleBook(
            List<Rule> rules,
            Replies replies,
            Faq faq,
            Calendars calendars,
            AutoReplyGuard guard,
            QuietHours quiet,
            List<Survey> surveys,
            List<Poll> polls,
            Listening listening) {
        this.rules = List.copyOf(rules);
        this.replies = replies;
        this.faq = faq;
        this.calendars = calendars;
        this.guard = guard;
        this.quiet = quiet;
        this.surveys = surveys;
        this.listening = listening;
        this.polls = polls;
        this.triggers =
                rules.stream().map(Rule::on).filter(on -> !on.isMessage()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Reads the files. Use the result only when no error was recorded.
     *
     * @param channels the ids in {@code channels.yaml}
     * @param desks the ids in {@code desks.yaml}
     */
    public static RuleBook read(RuleFiles files, Set<String> channels, Set<String> desks, Problems problems) {
        Calendars calendars = new HoursReader(problems).read(files.hours());
        Replies texts = Replies.read(files.replies(), calendars, problems);
        Faq answers = new FaqReader(problems).read(files.faq(), files.articles());
        Listening listening = new ListeningReader(channels, problems).read(files.listening());
        Conditions conditions = new Conditions(channels, desks, calendars, listening, problems);
        List<Survey> asked = new SurveysReader(conditions, problems).read(files.surveys());
        List<Poll> polled = new PollsReader(calendars.zone(), problems).read(files.polls());
        Node rules = files.rules();
        Set<String> named = polled.stream().map(Poll::name).collect(Collectors.toUnmodifiableSet());
        Actions actions = new Actions(texts.names(), desks, named, problems);
        return new RuleBook(
                rules == null ? List.of() : new RulesReader(conditions, actions, problems).read(rules),
                texts,
                answers,
                calendars,
                AutoReplyGuard.read(
                        below(rules, "guard"), ConsentPolicy.read(below(rules, "consent"), problems), problems),
                QuietHours.read(below(rules, "quiet"), problems),
                asked,
                polled,
                listening);
    }

    private static @Nullable Node below(@Nullable Node rules, String key) {
        return rules == null ? null : rules.get(key).orElse(null);
    }

    @Override
    public Decision apply(Situation situation) {
        return decide(situation);
    }

    @Override
    public Set<Trigger> triggers() {
        return triggers;
    }

    /** What is to be done in this situation, and why. The same situation always gives the same decision. */
    public Decision decide(Situation situation) {
        return decide(situation, () -> false);
    }

    /** Rules took longer on one message than who tries them waits. */
    public static final class TookTooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TookTooLong() {
            super("the rules take too long on this message", null, false, false);
        }
    }

    /**
     * The same for a trial.
     *
     * @param over whether the time is over; asked before each condition
     * @throws TookTooLong when it is
     */
    public Decision decide(Situation situation, BooleanSupplier over) {
        Facts facts = new Facts(situation, calendars);
        DecisionBuilder verdict = new DecisionBuilder();
        if (listen(situation, facts, verdict)) {
            return verdict.dropped(Listening.UNHEARD);
        }
        for (Rule rule : waiting(situation)) {
            List<Check> checks = new ArrayList<>();
            boolean matched = true;
            for (Condition condition : rule.when()) {
                if (over.getAsBoolean()) {
                    throw new TookTooLong();
                }
                Finding finding = condition.check(facts);
                checks.add(new Check(condition.label(), finding.passed(), finding.why()));
                matched = finding.passed();
                if (!matched) {
                    break;
                }
            }
            verdict.consider(rule, matched, checks);
            if (matched && rule.stop()) {
                break;
            }
        }
        Situation decided = verdict.decided(situation);
        Optional<QuietHours.Wait> wait = quiet.wait(situation, calendars.zone());
        return verdict.decide(
                new WrittenReplies(replies, faq, polls, guard, wait, facts, decided),
                situation.isPublic() && listening.answers().automatic(),
                listening.answers().expires());
    }

    /** Lets the streams hear a message before the rules do; gives whether it goes nowhere as none does. */
    private boolean listen(Situation situation, Facts facts, DecisionBuilder verdict) {
        if (!situation.trigger().equals(Trigger.MESSAGE) || !situation.isPublic()) {
            return false;
        }
        List<Listening.Heard> heard = listening.heard(facts);
        heard.forEach(
                one -> verdict.hear(one.stream().id(), one.why(), one.stream().tags()));
        return listening.drops(facts, heard);
    }

    @Override
    public PublicAnswers publicAnswers() {
        return listening.answers();
    }

    @Override
    public List<Survey> surveys() {
        return surveys;
    }

    @Override
    public List<Poll> polls() {
        return polls;
    }

    /** The loop guard and quiet hours are those of automatic replies. */
    @Override
    public Optional<SurveyPlan> survey(String name, Situation situation, @Nullable String guessed) {
        return surveys.stream()
                .filter(survey -> survey.name().equals(name))
                .findFirst()
                .map(survey -> plan(survey, situation, guessed));
    }

    private SurveyPlan plan(Survey survey, Situation situation, @Nullable String guessed) {
        Facts facts = new Facts(situation, calendars);
        SurveyPlan plan = new SurveyPlan(survey, survey.language(facts.languages(guessed)), null, null);
        String refused = guard.refuses(situation, Purpose.SURVEY);
        if (refused != null) {
            return plan.skipped(refused);
        }
        for (Condition condition : survey.when()) {
            Finding finding = condition.check(facts);
            if (!finding.passed()) {
                return plan.skipped(condition.label() + ": " + finding.why());
            }
        }
        return new SurveyPlan(
                survey,
                plan.language(),
                null,
                quiet.wait(situation, calendars.zone())
                        .map(QuietHours.Wait::until)
                        .orElse(null));
    }

    @Override
    public ConsentPolicy consent() {
        return guard.policy();
    }

    @Override
    public @Nullable String unwanted(String reply, Map<Purpose, Boolean> said) {
        return guard.policy().refuses(said, replies.purpose(reply));
    }

    @Override
    public @Nullable String refuses(Situation situation) {
        return guard.refuses(situation);
    }

    /** The rules that have their turn, in order. */
    private List<Rule> waiting(Situation situation) {
        return rules.stream()
                .filter(rule -> rule.on().awaits(situation.trigger(), situation.isPublic()))
                .toList();
    }

    /** The rules' names, in order. */
    public List<String> names() {
        return rules.stream().map(Rule::name).toList();
    }

    /**
     * A rule as people read it.
     *
     * @param on what it waits for, as it is written
     * @param when its conditions as they are written, all of which must be met
     * @param then what it does, as sentences without a subject
     * @param actions the same
     * @param stop whether no later rule is looked at when it applies
     */
    public record RuleText(
            String name,
            String on,
            List<String> when,
            List<String> then,
            @JsonIgnore List<Action> actions,
            boolean stop) {
        public RuleText {
            when = List.copyOf(when);
            then = List.copyOf(then);
            actions = List.copyOf(actions);
        }
    }

    /** The rules as people read them, in order. */
    public List<RuleText> texts() {
        return rules.stream()
                .map(rule -> new RuleText(
                        rule.name(),
                        rule.on().words(),
                        rule.when().stream().map(Condition::label).toList(),
                        rule.then().stream().map(Action::done).toList(),
                        rule.then(),
                        rule.stop()))
                .toList();
    }

    /** The replies' names. */
    public Set<String> replies() {
        return Set.copyOf(replies.names());
    }

    @Override
    public Faq faq() {
        return faq;
    }

    @Override
    public RuleBook with(Faq other) {
        return new RuleBook(rules, replies, other, calendars, guard, quiet, surveys, polls, listening);
    }

    /** The business hours by name. */
    public Map<String, Hours> hours() {
        return calendars.named();
    }

    /** Every key that these files know, for checking, documentation and schema. */
    public static List<SchemaKey> keys() {
        return KEYS;
    }
}
