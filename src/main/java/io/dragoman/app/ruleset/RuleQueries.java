// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.ruleset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dragoman.app.answers.SitePages;
import io.dragoman.app.phrase.Phrase;
import io.dragoman.app.ruleset.RuleMatches.Matched;
import io.dragoman.app.ruleset.RuleShadow.ShadowReport;
import io.dragoman.app.status.CachedAggregate;
import io.dragoman.app.trial.MessageTrial;
import io.dragoman.app.trial.MessageTrial.TrialReport;
import io.dragoman.app.trial.RuleComparison;
import io.dragoman.app.trial.RuleComparison.Bounds;
import io.dragoman.app.trial.RuleComparison.ComparisonReport;
import io.dragoman.app.trial.TriggerReplay;
import io.dragoman.config.Configuration;
import io.dragoman.config.ConfigurationEditor;
import io.dragoman.config.ConfigurationFiles;
import io.dragoman.config.ConfigurationFiles.FileState;
import io.dragoman.config.Loaded;
import io.dragoman.connector.Account;
import io.dragoman.rules.RuleBook;
import io.dragoman.rules.RuleBook.RuleText;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The rules as they stand in their file, and what others would do. Sends and stores nothing. Blocks. Thread-safe. */
public final class RuleQueries {
    private static final String FILE = "rules";
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration LONGEST_SHADOW = Duration.ofSeconds(2);
    private static final int MOST_DIFFERENCES = 500;

    private final ConfigurationEditor<RuleBook> editor;
    private final ConfigurationFiles files;
    private final RuleComparison comparison;
    private final CachedAggregate<RuleMatches> matches;
    private final RuleShadow shadow;
    private final Clock clock;
    private volatile @Nullable Known known;

    /** The rules as they were read when the files held that. */
    private record Known(List<FileState> states, String yaml, Loaded<RuleBook> loaded) {
        @Override
        public String toString() {
            return "Known[…]";
        }
    }

    /** @param matches how often each rule matched lately */
    public RuleQueries(
            ConfigurationEditor<RuleBook> editor,
            ConfigurationFiles files,
            RuleComparison comparison,
            CachedAggregate<RuleMatches> matches,
            RuleShadow shadow,
            Clock clock) {
        this.editor = editor;
        this.files = files;
        this.comparison = comparison;
        this.matches = matches;
        this.shadow = shadow;
        this.clock = clock;
    }

    /** Rules that cannot be used, with everything that is wrong. */
    public static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient List<RulePlace> problems;

        Invalid(List<Problem> problems) {
            super("These rules cannot be used.", null, false, false);
            this.problems = problems.stream().map(RulePlace::of).toList();
        }

        Invalid(String message) {
            super(message, null, false, false);
            this.problems = List.of();
        }

        public List<RulePlace> problems() {
            return problems;
        }
    }

    /**
     * Something that is wrong, or should be otherwise.
     *
     * @param line from 1; 0 for the whole file
     */
    public record RulePlace(String file, int line, int column, String text, boolean warning) {
        static RulePlace of(Problem problem) {
            String path = problem.path();
            return new RulePlace(
                    problem.file(),
                    problem.line(),
                    problem.column(),
                    path.isEmpty() ? problem.message() : path + " " + problem.message(),
                    problem.warning());
        }
    }

    /**
     * One rule.
     *
     * @param on what it waits for: message, closed, {@code silence: 30m}
     * @param when its conditions as they are written
     * @param then what it does, as sentences without a subject
     * @param phrases the same for other languages
     * @param matched how often it matched; null while that is counted for the first time
     * @param hiddenBy the earlier rule that always stops before it; null for none
     */
    public record RuleLine(
            String name,
            int line,
            String on,
            List<String> when,
            List<String> then,
            List<Phrase> phrases,
            boolean stop,
            @Nullable MatchCount matched,
            @Nullable String hiddenBy) {
        public RuleLine {
            when = List.copyOf(when);
            then = List.copyOf(then);
            phrases = List.copyOf(phrases);
        }
    }

    /**
     * How often a rule matched.
     *
     * @param lastAt null for never
     */
    public record MatchCount(int count, @Nullable Instant lastAt) {}

    /**
     * All rules.
     *
     * @param yaml the file as it is
     * @param rules none where the configuration cannot be used
     * @param problems what is wrong with the configuration, and warnings
     * @param since from when on matches were counted; null while they are counted for the first time
     * @param messages how many messages met the rules since then
     */
    public record RulesOverview(
            String file,
            String etag,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String yaml,

            List<RuleLine> rules,
            List<RulePlace> problems,
            @Nullable Instant since,
            @Nullable Integer messages) {
        public RulesOverview {
            rules = List.copyOf(rules);
            problems = List.copyOf(problems);
        }

        /** The same for those who may not see the configuration. */
        public RulesOverview withoutFile() {
            return new RulesOverview(file, etag, null, rules, problems, since, messages);
        }

        @Override
        public String toString() {
            return "RulesOverview[" + rules.size() + "]";
        }
    }

    /** What a text of rules would be. */
    public record RuleCheck(boolean ok, List<RulePlace> problems) {
        public RuleCheck {
            problems = List.copyOf(problems);
        }
    }

    public RulesOverview overview() {
        Known now = known();
        String yaml = now.yaml();
        Loaded<RuleBook> loaded = now.loaded();
        RuleMatches counted = matches.get().orElse(null);
        return new RulesOverview(
                "config/rules.yaml",
                files.etag(FILE),
                yaml,
                loaded instanceof Loaded.Usable<RuleBook> usable
                        ? lines(usable.configuration().rules(), usable.rules().texts(), counted)
                        : List.of(),
                loaded.problems().stream().map(RulePlace::of).toList(),
                counted == null ? null : counted.since(),
                counted == null ? null : counted.messages());
    }

    /** Reading the whole configuration takes a while, and people look at the same rules again and again. */
    private Known known() {
        List<FileState> states = files.states();
        Known last = known;
        if (last == null || !last.states().equals(states)) {
            String yaml = files.text(FILE);
            last = new Known(states, yaml, editor.withRules(yaml));
            known = last;
        }
        return last;
    }

    private static List<RuleLine> lines(@Nullable Node root, List<RuleText> texts, @Nullable RuleMatches counted) {
        List<Node> nodes =
                root == null ? List.of() : root.get(FILE).map(Node::items).orElse(List.of());
        List<@Nullable String> hidden = HiddenRules.of(nodes);
        List<RuleLine> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            RuleText text = texts.get(i);
            lines.add(new RuleLine(
                    text.name(),
                    nodes.get(i).line(),
                    text.on(),
                    text.when(),
                    text.then(),
                    text.actions().stream().map(ActionPhrase::of).toList(),
                    text.stop(),
                    counted == null ? null : count(counted.byRule().get(text.name())),
                    hidden.get(i)));
        }
        return lines;
    }

    private static MatchCount count(@Nullable Matched matched) {
        return matched == null ? new MatchCount(0, null) : new MatchCount(matched.count(), matched.lastAt());
    }

    /** What is wrong with a text of rules, read with everything else as it is. */
    public RuleCheck check(String yaml) {
        Loaded<RuleBook> loaded = editor.withRules(yaml);
        return new RuleCheck(
                loaded instanceof Loaded.Usable,
                loaded.problems().stream().map(RulePlace::of).toList());
    }

    /**
     * What rules make of messages that are made up; empty when there is no such channel.
     *
     * @param yaml the rules; null for those of the file
     */
    public Optional<List<TrialReport>> attempt(
            @Nullable String yaml, String channel, MessageTrial trial, @Nullable Instant at) throws Invalid {
        Loaded.Usable<RuleBook> usable = usable(yaml);
        Configuration configuration = usable.configuration();
        BooleanSupplier over = deadline(LONGEST);
        try {
            return configuration
                    .channel(channel)
                    .map(account -> trial.run(
                            account,
                            configuration.desk(),
                            situation -> usable.rules().decide(situation, over),
                            at == null ? clock.instant() : at));
        } catch (RuleBook.TookTooLong e) {
            throw new Invalid("The rules take longer than " + LONGEST.toSeconds() + " s on this message.");
        }
    }

    /**
     * What other rules would have made of the messages that came, for some seconds at most.
     *
     * @param limit the most messages
     */
    public ComparisonReport backtest(String yaml, Instant since, int limit) throws Invalid {
        Loaded.Usable<RuleBook> now = usable(null);
        Loaded.Usable<RuleBook> other = usable(yaml);
        Configuration configuration = now.configuration();
        BooleanSupplier over = deadline(LONGEST);
        return comparison.compare(
                (String id) -> configuration.channel(id).map((Account account) -> account),
                configuration.desk(),
                since,
                situation -> now.rules().decide(situation, over),
                situation -> other.rules().decide(situation, over),
                TriggerReplay.of(now.rules(), other.rules(), clock.instant()),
                new Bounds(limit, MOST_DIFFERENCES, over));
    }

    /** Lets other rules run beside those that count. */
    public ShadowReport shadow(String yaml) throws Invalid {
        Loaded.Usable<RuleBook> other = usable(yaml);
        shadow.start(yaml, situation -> other.rules().decide(situation, deadline(LONGEST_SHADOW)), clock.instant());
        return shadow.report().orElseThrow();
    }

    /** How they do; empty when there are none. */
    public Optional<ShadowReport> shadow() {
        return shadow.report();
    }

    /** Ends them; false when there are none. */
    public boolean endShadow() {
        return shadow.stop();
    }

    private static BooleanSupplier deadline(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return () -> System.nanoTime() > end;
    }

    private Loaded.Usable<RuleBook> usable(@Nullable String yaml) throws Invalid {
        Loaded<RuleBook> loaded = editor.withRules(yaml == null ? files.text(FILE) : yaml);
        if (loaded instanceof Loaded.Usable<RuleBook> usable) {
            Configuration configuration = usable.configuration();
            Path data = configuration.gateway().store().data();
            return new Loaded.Usable<>(configuration, SitePages.lastRead(data, usable.rules()), usable.problems());
        }
        throw new Invalid(loaded.errors());
    }
}
