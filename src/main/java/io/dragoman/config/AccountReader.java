// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Account;
import io.dragoman.connector.Account.Installation;
import io.dragoman.connector.CallRate;
import io.dragoman.connector.ClosedWindow;
import io.dragoman.connector.Connector;
import io.dragoman.connector.DeskPolicy;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Trust;
import io.dragoman.store.Events;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.Problems;
import io.dragoman.yaml.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code channels.yaml} and {@code desks.yaml}: each entry becomes an account of its connector. */
final class AccountReader {
    static final Setting<String> KIND =
            Setting.text("kind", "Which connector it is.").need();
    static final Setting<Boolean> INSECURE = Setting.flag(
                    "insecure", "Accepts unauthenticated requests. Only for trials.")
            .or("false");
    static final Setting<Boolean> ENABLED = Setting.flag(
                    "enabled",
                    "Whether it is enabled. A disabled one keeps its id, and its settings may be incomplete.")
            .or("true");

    /** What every account takes besides its connector's settings. */
    static final List<Setting<?>> COMMON = List.of(KIND, INSECURE, ENABLED, Trust.CA, Trust.ONLY);

    /** What every channel or every desk takes besides. */
    static List<Setting<?>> common(AccountFile file) {
        List<Setting<?>> own = file == AccountFile.CHANNELS ? ClosedWindow.SETTINGS : DeskPolicy.SETTINGS;
        return Stream.concat(COMMON.stream(), own.stream()).toList();
    }

    static final String ID_FORM = "[a-z0-9][a-z0-9-]{0,63}";
    private static final Pattern ID = Pattern.compile(ID_FORM);

    private final List<Connector> connectors;
    private final SettingReader settings;
    private final Path home;
    private final Installation installation;
    private final Problems problems;
    /** Every id with what it names, across both files. */
    private final Map<String, Node> taken = new HashMap<>();

    /** The kind whose setting {@code to} is any of Camel's endpoints. */
    private static final String ROUTE = "route";

    private static final String OWN_ROUTE = "direct:[A-Za-z0-9._-]{1,100}";

    private static final Pattern ABOUT_A_SETTING = Pattern.compile("([A-Za-z0-9.]+) (is|are|has|must|and|or)\\b");

    AccountReader(
            List<Connector> connectors,
            SettingReader settings,
            Path home,
            Installation installation,
            Problems problems) {
        this.connectors = List.copyOf(connectors);
        this.settings = settings;
        this.home = home;
        this.installation = installation;
        this.problems = problems;
    }

    /** Reads the accounts of one side. */
    Accounts read(AccountFile file, Node accounts) {
        List<Account> enabled = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        Set<String> off = new TreeSet<>();
        accounts.needEntries(problems).forEach((id, node) -> {
            ids.add(id);
            checkId(id, node);
            if (node.shape() != Node.Shape.MAP) {
                problems.add(node, SettingReader.found(node) + "must be a map with its kind: " + id + ": {kind: …}.");
            } else if (node.get("enabled").map(Node::text).orElse("").equals("false")) {
                off.add(id);
                connector(file, node);
            } else {
                account(file, id, node, off).ifPresent(enabled::add);
            }
        });
        return new Accounts(enabled, ids, off);
    }

    /** The account of a kind that needs no settings, where that kind is installed. */
    Optional<Account> implied(String kind, String id, Node empty) {
        return taken.containsKey(id)
                ? Optional.empty()
                : of(kind).findFirst()
                        .map(connector -> new Account(
                                connector.side(),
                                id,
                                kind,
                                settings.read(empty, connector.settings(), false)
                                        .map(),
                                false,
                                installation));
    }

    /** Those of a kind: both sides may have the same word. */
    private Stream<Connector> of(String kind) {
        return connectors.stream().filter(connector -> connector.kind().equals(kind));
    }

    private void checkId(String id, Node node) {
        if (!ID.matcher(id).matches()) {
            String better =
                    id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
            problems.add(
                    node.key(),
                    "is not a valid id: it becomes part of an address, so it must be small letters, digits and hyphens, at "
                            + "most 64." + (ID.matcher(better).matches() ? " Write '" + better + "'." : ""));
        }
        if (id.equals(Events.API)) {
            problems.add(node.key(), "is reserved for the admin API. Choose another id.");
        }
        Node other = taken.putIfAbsent(id, node.key());
        if (other != null) {
            problems.add(
                    node.key(),
                    "is an id that " + other.file() + ":" + other.line()
                            + " has already; ids are unique across channels and desks. Rename one of the two.");
        }
    }

    private Optional<Account> account(AccountFile file, String id, Node node, Set<String> off) {
        Optional<Connector> found = connector(file, node).flatMap(kind -> profiled(kind, node));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Connector connector = found.get();
        List<Setting<?>> all = Stream.concat(common(file).stream().map(this::here), connector.settings().stream())
                .toList();
        SettingValues values = settings.read(node, all, false);
        Map<String, Object> own = new HashMap<>(values.map());
        List.of(KIND, INSECURE, ENABLED).forEach(setting -> own.remove(setting.name()));
        if (values.valid(ENABLED) && !values.get(ENABLED)) {
            off.add(id);
            return Optional.empty();
        }
        Account account = new Account(connector.side(), id, connector.kind(), own, values.get(INSECURE), installation);
        ownRoute(account, node);
        Stream.of(connector.problems(account), ClosedWindow.of(account).problems(), CallRate.problems(account))
                .flatMap(List::stream)
                .filter(problem -> values.bad().stream().noneMatch(bad -> speaksOf(bad, problem)))
                .forEach(problem -> add(node, all, problem));
        return values.complete() ? Optional.of(account) : Optional.empty();
    }

    /** The connector of the account's profile, where its kind has profiles: without it no setting can be told. */
    private Optional<Connector> profiled(Connector kind, Node node) {
        if (!(kind instanceof Profiled profiles)) {
            return Optional.of(kind);
        }
        Optional<Node> name = node.get(Profiled.SETTING);
        if (name.isEmpty()) {
            problems.missing(
                    node,
                    Profiled.SETTING,
                    "is missing. It says which provider this is. Known: " + String.join(", ", profiles.profiles(home))
                            + ".");
            return Optional.empty();
        }
        try {
            return Optional.of(profiles.profile(name.get().needText(problems), home));
        } catch (InvalidProfile e) {
            e.faults().forEach(fault -> report(fault, name.get()));
            return Optional.empty();
        }
    }

    private void report(InvalidProfile.Fault fault, Node name) {
        if (fault.file().isEmpty()) {
            problems.add(name, fault.message());
        } else {
            problems.add(fault.file(), fault.line(), fault.column(), fault.path(), fault.message());
        }
    }

    /** A setting where it is read. */
    private Setting<?> here(Setting<?> setting) {
        if (setting.equals(Trust.CA)) {
            return own(Trust.ca(home));
        }
        return setting.parser() instanceof Setting.FileParser<?> ? own(setting.at(home)) : setting;
    }

    /** Any other endpoint could read and write what is not the tenant's: its accounts are changed over the API too. */
    private void ownRoute(Account account, Node node) {
        Object to = account.values().get("to");
        if (account.kind().equals(ROUTE)
                && to != null
                && TenantHome.of(home).isPresent()
                && !to.toString().matches(OWN_ROUTE)) {
            problems.add(
                    node.get("to").orElse(node),
                    "must be direct: and the name of a route in the tenant's routes/, such as direct:send-fax: this is one"
                            + " of several tenants. Write the other endpoint into that route.");
        }
    }

    /** Of the files of other tenants, nothing is read. */
    private Setting<?> own(Setting<?> file) {
        return TenantHome.of(home)
                .<Setting<?>>map(tenant -> file.checked(
                        name -> tenant.owns(Path.of(name)), "must be a file below the tenant's folder " + home))
                .orElse(file);
    }

    /** Whether a sentence is about a setting that is wrong, or about its group: it may follow from that alone. */
    /**
     * What a connector says of one of its settings, as we say it: at the setting where it is written, with its whole
     * name, and with what to add where a secret is missing.
     */
    private void add(Node account, List<Setting<?>> all, String problem) {
        Matcher begins = ABOUT_A_SETTING.matcher(problem);
        String name = begins.lookingAt() ? begins.group(1) : "";
        if (all.stream().noneMatch(one -> one.name().equals(name) || one.name().startsWith(name + "."))) {
            problems.add(account.key(), problem);
            return;
        }
        String said = problem.substring(name.length() + 1);
        String whole = all.stream()
                .filter(one -> one.name().equals(name) && said.equals("is missing. " + one.description()))
                .findFirst()
                .map(one -> said + SettingReader.remedy(one, account))
                .orElse(said);
        Optional<Node> written = Optional.of(account);
        for (String inside : name.split("\\.")) {
            written = written.flatMap(node -> node.get(inside));
        }
        written.ifPresentOrElse(node -> problems.add(node, whole), () -> problems.missing(account, name, whole));
    }

    private static boolean speaksOf(String bad, String sentence) {
        int dot = bad.indexOf('.');
        return Stream.of(bad, dot < 0 ? bad : bad.substring(0, dot))
                .anyMatch(name -> Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "(?![\\w.]*\\w)")
                        .matcher(sentence)
                        .find());
    }

    private Optional<Connector> connector(AccountFile file, Node node) {
        Set<String> kinds = kinds(file);
        Optional<Node> kind = node.get("kind");
        if (kind.isEmpty()) {
            problems.missing(
                    node, "kind", "is missing. It says what this is. Known: " + String.join(", ", kinds) + ".");
            return Optional.empty();
        }
        String word = kind.get().needText(problems);
        Connector connector = of(word).filter(file::takes)
                .findFirst()
                .or(() -> of(word).findFirst())
                .orElse(null);
        if (connector == null) {
            if (kind.get().shape() == Node.Shape.TEXT) {
                problems.add(
                        kind.get(),
                        "is '" + word + "', which is no kind of " + file.word() + ". "
                                + Suggestion.sentence(word, kinds));
            }
        } else if (!file.takes(connector)) {
            problems.add(
                    kind.get(),
                    "is '" + word + "', which is a kind of " + connector.side().word() + ". Move this to config/"
                            + connector.side().word() + "s.yaml, or take one of " + String.join(", ", kinds) + ".");
            connector = null;
        }
        return Optional.ofNullable(connector);
    }

    private Set<String> kinds(AccountFile file) {
        Set<String> kinds = new TreeSet<>();
        connectors.stream()
                .filter(connector -> file.takes(connector))
                .forEach(connector -> kinds.add(connector.kind()));
        return kinds;
    }

    /**
     * The accounts of one file.
     *
     * @param enabled those that run and whose settings are all good
     * @param ids every id in the file, also of what is wrong or switched off, for those who refer to it
     * @param off the ids of what is switched off
     */
    record Accounts(List<Account> enabled, Set<String> ids, Set<String> off) {}
}
