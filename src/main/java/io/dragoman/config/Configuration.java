// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Account;
import io.dragoman.connector.Account.Installation;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.yaml.Node;
import io.dragoman.yaml.RuleFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code config/} says, checked. Immutable.
 *
 * @param home the folder above {@code config/}, absolute
 * @param channels those that are enabled, in the order of the file; so with desks
 * @param off the ids of channels and desks that are switched off
 * @param files what rules are made of, references resolved
 */
public record Configuration(
        Path home,
        GatewaySettings gateway,
        List<Account> channels,
        List<Account> desks,
        Set<String> off,
        RuleFiles files) {
    public Configuration {
        channels = List.copyOf(channels);
        desks = List.copyOf(desks);
        off = Set.copyOf(off);
    }

    /**
     * Reads {@code home/config}: all problems of all files at once.
     *
     * @param environment the value of an environment variable, or null
     * @param installationKey made at the first start and kept with the data
     * @param rules what makes rules out of their files
     */
    public static <R> Loaded<R> load(
            Path home,
            List<Connector> connectors,
            Function<String, @Nullable String> environment,
            Secret installationKey,
            RuleReader<R> rules) {
        return new ConfigurationReader<>(home, connectors, environment, installationKey, rules, false, Map.of()).read();
    }

    /**
     * The same for looking at it, never for running it: a secret or text that takes an environment variable or file
     * which is not there stays as it is written, with a warning, see {@link Loaded#leftOpen}.
     */
    public static <R> Loaded<R> look(
            Path home,
            List<Connector> connectors,
            Function<String, @Nullable String> environment,
            Secret installationKey,
            RuleReader<R> rules) {
        return new ConfigurationReader<>(home, connectors, environment, installationKey, rules, true, Map.of()).read();
    }

    /** The same as {@link #load} with another text for one file than what it holds, to know what would be wrong with it. */
    static <R> Loaded<R> load(HomeFolder home, Secret installationKey, RuleReader<R> rules, String name, String text) {
        return new ConfigurationReader<>(
                        home.folder(),
                        home.connectors(),
                        home.environment(),
                        installationKey,
                        rules,
                        false,
                        Map.of(name, text))
                .read();
    }

    /**
     * The same for looking at what rules would do, never for running them: secrets and texts that they take from the
     * environment or a file stay as they are written.
     */
    static <R> Loaded<R> withRules(HomeFolder home, Secret installationKey, RuleReader<R> rules, String text) {
        return new ConfigurationReader<>(
                        home.folder(),
                        home.connectors(),
                        home.environment(),
                        installationKey,
                        rules,
                        false,
                        Map.of("rules", text))
                .withRulesAsWritten()
                .read();
    }

    /** The root of {@code rules.yaml}; null for none, as with replies and hours. */
    public @Nullable Node rules() {
        return files.rules();
    }

    public @Nullable Node replies() {
        return files.replies();
    }

    public @Nullable Node hours() {
        return files.hours();
    }

    /** The id of the desk where conversations go unless a rule says otherwise. */
    public String desk() {
        return String.valueOf(gateway.conversations().desk());
    }

    public Optional<Account> channel(String id) {
        return channels.stream().filter(account -> account.id().equals(id)).findFirst();
    }

    public Optional<Account> desk(String id) {
        return desks.stream().filter(account -> account.id().equals(id)).findFirst();
    }

    /** What of {@code next} only a restart brings into force, by the names of the configuration. */
    public List<String> restartFor(Configuration next) {
        return gateway.restartFor(next.gateway);
    }

    /** As much of {@code next} as applies without a restart: at the present public address. */
    Configuration reloaded(Configuration next) {
        return next.with(
                gateway.with(next.gateway.conversations()).withTokensOf(next.gateway.admin()),
                home -> new Installation(gateway.http().publicUrl(), home.key()));
    }

    /** The same at an installation with this key. */
    public Configuration with(Secret installationKey) {
        return with(gateway, home -> new Installation(home.publicUrl(), installationKey));
    }

    private Configuration with(GatewaySettings settings, UnaryOperator<Installation> change) {
        return new Configuration(home, settings, at(channels, change), at(desks, change), off, files);
    }

    private static List<Account> at(List<Account> accounts, UnaryOperator<Installation> change) {
        return accounts.stream()
                .map(account -> account.at(change.apply(account.home())))
                .toList();
    }
}
