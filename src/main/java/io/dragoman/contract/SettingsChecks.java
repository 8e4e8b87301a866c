// SPDX-License-Identifier: Apache-2.0
package io.dragoman.contract;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.DeliveryLookup;
import io.dragoman.connector.RetrySafety;
import io.dragoman.connector.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** What a connector says of itself and of its accounts. */
final class SettingsChecks {
    static final String GROUP = "settings";
    private static final String OURS = "io.dragoman.";

    private SettingsChecks() {}

    static List<ContractCheck> all() {
        return List.of(
                new ContractCheck(
                        GROUP,
                        "the kind is the folder",
                        "A connector is found where its kind says.",
                        SettingsChecks::kind),
                new ContractCheck(GROUP, "found by its kind", "A service declares it, once.", SettingsChecks::found),
                new ContractCheck(
                        GROUP,
                        "settings explain themselves",
                        "The reference and the schema have names, sentences and defaults that parse.",
                        SettingsChecks::explained),
                new ContractCheck(
                        GROUP,
                        "secrets have their type",
                        "What is called password, token, secret or key is never shown.",
                        SettingsChecks::typed),
                new ContractCheck(
                        GROUP,
                        "a whole account is accepted",
                        "An account with what is needed has no problems.",
                        SettingsChecks::accepted),
                new ContractCheck(
                        GROUP,
                        "problems survive what is missing",
                        "An account that lacks a setting is told of, without an exception.",
                        SettingsChecks::survive),
                new ContractCheck(
                        GROUP,
                        "who can be asked is asked",
                        "QUERYABLE and DeliveryLookup go together.",
                        SettingsChecks::queryable),
                new ContractCheck(
                        "secrets",
                        "no text shows one",
                        "Accounts, settings and problems can be logged.",
                        SettingsChecks::hidden),
                new ContractCheck(
                        "secrets",
                        "no class beside it shows one",
                        "Records and other classes with a text of their own can be logged.",
                        SettingsChecks::classesHide));
    }

    private static void kind(ConnectorSample sample) {
        Connector connector = sample.connector();
        Expect.that(
                connector.kind().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"),
                "kind " + connector.kind(),
                "a word in small letters");
        if (!connector.getClass().getPackageName().startsWith(OURS)) {
            throw new NotApplicable("a connector of others stands in a package of its own");
        }
        String word = connector.kind().replace("-", ""); // which no package may have
        Expect.equal(
                connector.getClass().getPackageName(), OURS + connector.side().word() + "." + word, "the package");
        Expect.equal(sample.account().kind(), connector.kind(), "the account's kind");
    }

    private static void found(ConnectorSample sample) {
        Connector connector = sample.connector();
        List<String> found = ServiceLoader.load(
                        Connector.class, connector.getClass().getClassLoader())
                .stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.side() == connector.side() && one.kind().equals(connector.kind()))
                .map(one -> one.getClass().isInstance(connector) ? connector.getClass() : one.getClass())
                .map(Class::getName) // a profile may make it one that can do more
                .toList();
        Expect.equal(found, List.of(connector.getClass().getName()), "the services of kind " + connector.kind());
    }

    private static void explained(ConnectorSample sample) {
        List<Setting<?>> settings = sample.connector().settings();
        sentence("the description", sample.connector().description());
        Expect.distinct(settings.stream().map(Setting::name).toList(), "names of settings");
        for (Setting<?> setting : settings) {
            String name = setting.name();
            Expect.that(
                    name.matches("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*"),
                    name,
                    "a name such as baseUrl or imap.host");
            sentence(name, setting.description());
            Expect.that(
                    setting.description().matches("[A-Z0-9].*"),
                    name + ": " + setting.description(),
                    "a sentence that begins with a capital letter or a figure");
            String fallback = setting.fallback();
            Expect.that(
                    !(setting.required() && fallback != null), name + " is required and has a default", "one of both");
            if (fallback != null) {
                Object parsed = setting.parser().apply(fallback);
                Expect.that(parsed != null, name + " does not take its default", "a default that parses");
            }
        }
    }

    private static void sentence(String what, String text) {
        Expect.that(text.endsWith(".") && text.length() > 15, what + ": " + text, "a sentence, with its full stop");
    }

    private static void typed(ConnectorSample sample) {
        for (Setting<?> setting : sample.connector().settings()) {
            if (setting.name().matches("(?i).*(password|token|secret|apikey)")) {
                Expect.equal(setting.type(), Setting.Type.SECRET, "the type of " + setting.name());
            }
        }
    }

    private static void accepted(ConnectorSample sample) {
        Account account = sample.account();
        List<String> names = sample.connector().settings().stream()
                .<String>map(Setting::name)
                .toList();
        Expect.that(
                names.containsAll(account.values().keySet()),
                "an account with " + account.values().keySet(),
                "settings of the connector: " + names);
        Expect.equal(sample.connector().problems(account), List.of(), "the list of problems");
        Expect.that(!account.insecure(), "an insecure account", "one that takes only what is proven");
    }

    private static void survive(ConnectorSample sample) {
        for (Setting<?> setting : sample.connector().settings()) {
            if (setting.fallback() == null) {
                Account poorer = without(sample.account(), setting);
                try {
                    sample.connector().problems(poorer);
                } catch (RuntimeException e) {
                    throw new CheckFailed(e + " without " + setting.name(), "a list of problems");
                }
            }
        }
    }

    /** The same account without a setting. */
    static Account without(Account account, Setting<?> setting) {
        Map<String, Object> others = new HashMap<>(account.values());
        others.remove(setting.name());
        return new Account(account.side(), account.id(), account.kind(), others, false, account.home());
    }

    private static void queryable(ConnectorSample sample) {
        boolean says = sample.connector().retrySafety() == RetrySafety.QUERYABLE;
        boolean can = sample.connector() instanceof DeliveryLookup<?>;
        Expect.that(
                says == can,
                sample.connector().retrySafety() + (can ? " with" : " without") + " DeliveryLookup",
                "QUERYABLE with DeliveryLookup, or neither");
    }

    private static void hidden(ConnectorSample sample) {
        Account account = sample.account();
        List<String> shown =
                new ArrayList<>(List.of(account.toString(), sample.connector().toString()));
        account.values().values().forEach(value -> shown.add(value.toString()));
        sample.connector().settings().forEach(setting -> shown.add(setting.toString()));
        shown.addAll(sample.connector().problems(account));
        known(sample);
        shown.forEach(text -> Expect.hides(text, sample.secrets()));
    }

    private static void classesHide(ConnectorSample sample) {
        known(sample);
        List<Class<?>> classes = sample.classes();
        for (String secret : sample.secrets()) {
            ConnectorClasses.texts(classes, sample.account(), secret)
                    .forEach(text -> Expect.hides(text, sample.secrets()));
        }
    }

    private static void known(ConnectorSample sample) {
        if (sample.secrets().isEmpty()) {
            throw new NotApplicable("it has no secrets");
        }
    }
}
