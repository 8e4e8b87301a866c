// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.config.AccountReader.Accounts;
import io.dragoman.connector.Account;
import io.dragoman.connector.Account.Installation;
import io.dragoman.connector.ClosedWindow;
import io.dragoman.connector.ConfiguredAccount;
import io.dragoman.connector.Connector;
import io.dragoman.connector.DeskPolicy;
import io.dragoman.connector.Secret;
import io.dragoman.connector.WritesFirst;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.RuleFiles;
import io.dragoman.yaml.Suggestion;
import io.dragoman.yaml.TextFile;
import io.dragoman.yaml.Yaml;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one configuration, once. */
final class ConfigurationReader<R> {
    /** The desk that there is when none is written. */
    private static final String IMPLIED_KIND = "local";

    private static final String IMPLIED_ID = "inbox";

    /** So many ids a sentence names: an installation may have a thousand. */
    private static final int NAMED = 5;

    private final Problems problems = new Problems();
    private final Path home;
    private final List<Connector> connectors;
    private final Secret key;
    private final RuleReader<R> rules;
    private final Optional<TenantHome> tenant;
    private final Function<String, @Nullable String> environment;
    private final Placeholders references;
    private final SettingReader settings;
    private final Sources sources;
    /** Rules, replies, hours and FAQ, as far as there are any. */
    private final Map<String, Node> trees = new HashMap<>();

    private List<TextFile> articles = List.of();
    private boolean rulesAsWritten;
    /** Whether a tenant's address is known: by its own configuration, or by that of the installation. */
    private boolean named;

    /** @param instead other texts for some files than what they hold, by their names without ending */
    ConfigurationReader(
            Path home,
            List<Connector> connectors,
            Function<String, @Nullable String> environment,
            Secret key,
            RuleReader<R> rules,
            boolean lenient,
            Map<String, String> instead) {
        this.home = home.toAbsolutePath().normalize();
        this.connectors = connectors;
        this.key = key;
        this.rules = rules;
        this.tenant = TenantHome.of(this.home);
        this.environment = environment;
        this.references = new Placeholders(this.home, environment, problems, tenant, lenient);
        this.settings = new SettingReader(references, problems);
        this.sources = Sources.read(this.home, problems, instead);
    }

    /**
     * Leaves what the rules take from elsewhere as it is written: for looking at what they do, which shows what they set.
     */
    ConfigurationReader<R> withRulesAsWritten() {
        rulesAsWritten = true;
        return this;
    }

    Loaded<R> read() {
        Node gateway = sources.root("gateway").orElseGet(() -> nothing("gateway"));
        SettingValues values = settings.read(gateway, GatewaySettings.ALL, true, TokenReader.NAMES);
        GatewaySettings said = gateway(gateway, values);
        Installation here = new Installation(said.http().publicUrl(), key);
        AccountReader reader = new AccountReader(connectors, settings, this.home, here, problems);
        Accounts channels = channels(reader, values);
        Accounts desks = desks(reader);
        String desk = defaultDesk(gateway, values, desks);
        List.of("rules", "replies", "hours", "faq", "surveys", "polls", "listening")
                .forEach(name -> sources.root(name)
                        .ifPresent(root -> trees.put(
                                name, rulesAsWritten && name.equals("rules") ? root : references.resolveAll(root))));
        references(channels);
        articles = Sources.articles(home, problems);
        Optional<R> made = rules(channels, desks);
        if (problems.hasErrors() || made.isEmpty()) {
            return new Loaded.Broken<>(problems.all());
        }
        Configuration configuration = new Configuration(
                home,
                said.withDesk(desk),
                channels.enabled(),
                desks.enabled(),
                Stream.of(channels.off(), desks.off()).flatMap(Set::stream).collect(Collectors.toSet()),
                files());
        return new Loaded.Usable<>(configuration, made.get(), problems.all());
    }

    private GatewaySettings gateway(Node gateway, SettingValues values) {
        GatewayChecks checks = new GatewayChecks(gateway, values, problems);
        GatewaySettings said = GatewaySettings.of(values, new TokenReader(references, problems), gateway, home);
        if (tenant.isEmpty()) {
            checks.check();
            return said;
        }
        checks.checkTenant(tenant.get(), said.store());
        SharedSettings shared = SharedSettings.read(tenant.get().top(), environment);
        named = values.find(HttpSettings.PUBLIC_URL).isPresent() || shared.named();
        return said.below(
                shared, tenant.get(), values.find(HttpSettings.PUBLIC_URL).isPresent());
    }

    private Accounts channels(AccountReader reader, SettingValues gateway) {
        Accounts channels =
                reader.read(AccountFile.CHANNELS, sources.section("channels").orElseGet(() -> nothing("channels")));
        if (channels.ids().isEmpty() && !sources.unreadable("channels")) {
            problems.warn(
                    Sources.label("channels"),
                    0,
                    0,
                    "",
                    "has no channels yet: nobody can write. The examples in it show how to add one.");
        }
        fallbacks(channels);
        List<String> waiting = channels.enabled().stream()
                .filter(account ->
                        ConfiguredAccount.of(account, connector(account)).receivesWebhooks())
                .map(Account::id)
                .toList();
        if (!waiting.isEmpty()
                && gateway.valid(HttpSettings.PUBLIC_URL)
                && gateway.find(HttpSettings.PUBLIC_URL).isEmpty()
                && !named) {
            problems.warn(
                    Sources.label("gateway"),
                    0,
                    0,
                    "http.publicUrl",
                    "is not set, so providers cannot post to " + some(waiting)
                            + ". Set it to the https address that leads to the public port.");
        }
        return channels;
    }

    /** The first of them, and how many there are besides. */
    private static String some(List<String> ids) {
        String first = String.join(", ", ids.subList(0, Math.min(NAMED, ids.size())));
        return ids.size() <= NAMED ? first : first + " and " + (ids.size() - NAMED) + " more";
    }

    /** Where answers go whose channel takes none now must be a channel that always does. */
    private void fallbacks(Accounts channels) {
        for (Account account : channels.enabled()) {
            String other = account.find(ClosedWindow.CHANNEL).orElse("");
            Optional<Node> place = sources.section("channels")
                    .flatMap(all -> all.get(account.id()))
                    .flatMap(own -> own.get("closedWindow"))
                    .flatMap(window -> window.get("fallback"));
            if (place.isEmpty() || channels.off().contains(other)) {
                continue;
            }
            Optional<Account> target = channels.enabled().stream()
                    .filter(channel -> channel.id().equals(other))
                    .findFirst();
            if (!channels.ids().contains(other)) {
                problems.add(
                        place.get(),
                        "is '" + other + "', but there is no such channel. "
                                + Suggestion.sentence(other, channels.ids()));
            } else if (target.isPresent() && !takesAnything(target.get())) {
                problems.add(
                        place.get(),
                        "is '" + other + "', which has a reply window or subjects of its own. Name a channel that can"
                                + " be written to at any time, such as one for SMS.");
            }
        }
    }

    private boolean takesAnything(Account account) {
        ConfiguredAccount channel = ConfiguredAccount.of(account, connector(account));
        boolean subjects = channel.connector() instanceof WritesFirst first && first.hasSubjects();
        return !subjects && channel.channel().limits(account).replyWindow() == null;
    }

    private void references(Accounts channels) {
        if (sources.unreadable("channels", "hours")) {
            return;
        }
        Set<String> hours = Optional.ofNullable(trees.get("hours"))
                .flatMap(root -> root.get("hours"))
                .filter(named -> named.shape() == Node.Shape.MAP)
                .map(named -> named.entries().keySet())
                .orElse(Set.of());
        Node written = sources.section("channels").orElseGet(() -> nothing("channels"));
        new AccountReferences(written, channels, hours, this::connector, problems).check();
    }

    private Accounts desks(AccountReader reader) {
        Accounts desks = reader.read(AccountFile.DESKS, sources.section("desks").orElseGet(() -> nothing("desks")));
        if (!desks.ids().isEmpty() || sources.unreadable("desks")) {
            sources.section("desks").ifPresent(written -> new BotReferences(written, desks, problems).check());
            return desks;
        }
        Optional<Account> implied = reader.implied(IMPLIED_KIND, IMPLIED_ID, nothing("desks"));
        if (implied.isEmpty()) {
            problems.add(
                    Sources.label("desks"),
                    0,
                    0,
                    "",
                    "names no desk, so conversations have nowhere to go. Add one: desks: {inbox: {kind: local}}.");
            return desks;
        }
        return new Accounts(List.of(implied.get()), Set.of(IMPLIED_ID), Set.of());
    }

    /** The desk that gateway.yaml names, else the only one. */
    private String defaultDesk(Node gateway, SettingValues values, Accounts desks) {
        Set<String> candidates = takingConversations(desks);
        Optional<String> named = values.find(ConversationSettings.DESK);
        if (sources.unreadable("desks", "gateway")) {
            return named.orElse("");
        }
        if (candidates.isEmpty() && !desks.off().isEmpty()) {
            problems.add(
                    Sources.label("desks"),
                    0,
                    0,
                    "",
                    "has every desk switched off, so conversations have nowhere to go.");
            return "";
        }
        if (candidates.isEmpty() && !desks.ids().isEmpty()) {
            problems.add(
                    Sources.label("desks"),
                    0,
                    0,
                    "",
                    "has archives alone, so conversations have nowhere to go. Add a desk without archive: true.");
            return "";
        }
        if (named.isEmpty()) {
            if (candidates.size() > 1 && gateway.get("desk").isEmpty()) {
                problems.missing(
                        gateway,
                        "desk",
                        "is missing. There are several desks; say where conversations go"
                                + " unless a rule says otherwise: desk: " + String.join(" or ", candidates) + ".");
            }
            return candidates.stream().findFirst().orElse("");
        }
        if (!candidates.contains(named.get())) {
            Node at = gateway.get("desk").orElse(gateway);
            problems.add(
                    at,
                    "is '" + at.written() + "', "
                            + (desks.off().contains(named.get())
                                    ? "a desk that is switched off in config/desks.yaml. "
                                    : desks.ids().contains(named.get())
                                            ? "which is an archive in config/desks.yaml and has no conversations. "
                                            : "but config/desks.yaml has no such desk. ")
                            + Suggestion.sentence(named.get(), candidates));
        }
        return named.get();
    }

    /** Reads the rules, unless a broken file would make every name in them look unknown. */
    private Optional<R> rules(Accounts channels, Accounts desks) {
        if (sources.unreadable(
                "channels", "desks", "rules", "replies", "hours", "faq", "surveys", "polls", "listening")) {
            return Optional.empty();
        }
        return Optional.ofNullable(rules.read(files(), channels.ids(), takingConversations(desks), problems));
    }

    private RuleFiles files() {
        return new RuleFiles(
                trees.get("rules"),
                trees.get("replies"),
                trees.get("hours"),
                trees.get("faq"),
                articles,
                trees.get("surveys"),
                trees.get("polls"),
                trees.get("listening"));
    }

    private static Set<String> takingConversations(Accounts desks) {
        Set<String> taking = new TreeSet<>(desks.ids());
        taking.removeAll(desks.off());
        desks.enabled().stream()
                .filter(desk -> DeskPolicy.of(desk).archive())
                .map(Account::id)
                .forEach(taking::remove);
        return taking;
    }

    private Connector connector(Account account) {
        return connectors.stream()
                .filter(connector -> connector.speaksFor(account))
                .findFirst()
                .orElseThrow();
    }

    /** What a file that says nothing says. */
    private static Node nothing(String name) {
        return Yaml.read(Sources.label(name), "{}", new Problems()).orElseThrow();
    }
}
