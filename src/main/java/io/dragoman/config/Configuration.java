// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.connector.Account;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Secret;
import io.dragoman.http.Cidr;
import io.dragoman.yaml.Node;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code config/} says, checked. Immutable.
 *
 * @param home the folder above {@code config/}, absolute
 * @param desk the id of the desk where conversations go unless a rule says otherwise
 * @param allowPrivate the private addresses that links in messages may lead to
 * @param reopenWithin how long after closing a message reopens a conversation
 * @param channels those that are enabled, in the order of the file; so with desks
 * @param rules the root of {@code rules.yaml}, references resolved; null for none, as with the other two
 */
public record Configuration(
        Path home,
        Http http,
        Admin admin,
        Store store,
        Delivery delivery,
        Media media,
        List<Cidr> allowPrivate,
        String desk,
        Duration reopenWithin,
        List<Account> channels,
        List<Account> desks,
        @Nullable Node rules,
        @Nullable Node replies,
        @Nullable Node hours) {
    public Configuration {
        allowPrivate = List.copyOf(allowPrivate);
        channels = List.copyOf(channels);
        desks = List.copyOf(desks);
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
        return new ConfigurationReader<>(home, connectors, environment, installationKey, rules).read();
    }

    public Optional<Account> channel(String id) {
        return channels.stream().filter(account -> account.id().equals(id)).findFirst();
    }

    public Optional<Account> desk(String id) {
        return desks.stream().filter(account -> account.id().equals(id)).findFirst();
    }

    /** What of {@code next} cannot be taken over while running, by the names of the configuration. */
    public List<String> restartFor(Configuration next) {
        Map<String, Boolean> same = new LinkedHashMap<>();
        same.put("http", http.equals(next.http));
        same.put("admin", admin.equals(next.admin));
        same.put("store", store.equals(next.store));
        same.put("delivery", delivery.equals(next.delivery));
        same.put("media", media.equals(next.media));
        same.put("outbound", allowPrivate.equals(next.allowPrivate));
        same.put("desk", desk.equals(next.desk));
        same.put("reopenWithin", reopenWithin.equals(next.reopenWithin));
        compare("channels.", channels, next.channels, same);
        compare("desks.", desks, next.desks, same);
        return same.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void compare(String prefix, List<Account> old, List<Account> next, Map<String, Boolean> same) {
        Map<String, Account> before = byId(old);
        Map<String, Account> after = byId(next);
        Set<String> ids = new TreeSet<>(before.keySet());
        ids.addAll(after.keySet());
        ids.forEach(id -> same.put(prefix + id, Objects.equals(before.get(id), after.get(id))));
    }

    private static Map<String, Account> byId(List<Account> accounts) {
        return accounts.stream().collect(Collectors.toMap(Account::id, account -> account));
    }

    /**
     * The public port.
     *
     * @param port 0 for any free one
     * @param publicUrl where the outside world reaches it, without a trailing slash
     * @param maxBody the largest body that is taken, in bytes
     * @param limits what others may do to it, and to the admin port
     */
    public record Http(String host, int port, URI publicUrl, int maxBody, Limits limits) {}

    /**
     * What others may do to a port.
     *
     * @param rate requests of one address in a second; 0 for any number
     * @param refused refusals of one address in a minute
     * @param held bytes of bodies under way
     * @param connections open at once
     * @param proxies whose {@code X-Forwarded-For} is believed
     */
    public record Limits(int rate, int refused, long held, int connections, List<Cidr> proxies) {}

    /**
     * The admin port.
     *
     * @param token null when one must be made: only on the loopback address
     */
    public record Admin(String host, int port, @Nullable Secret token) {}

    /**
     * Where everything is kept.
     *
     * @param url {@code sqlite:} and a file, relative to the home folder, or {@code postgresql://…}
     * @param folder for files beside it, relative to the home folder; null for the usual one
     */
    public record Store(
            String url, @Nullable Secret password, @Nullable String folder) {
        private static final String SQLITE = "sqlite:";

        static Store of(SettingValues values) {
            return new Store(
                    values.get(GatewaySettings.STORE_URL),
                    values.find(GatewaySettings.STORE_PASSWORD).orElse(null),
                    values.find(GatewaySettings.STORE_FOLDER).orElse(null));
        }

        /** The folder for what lasts beside the store. */
        public Path data(Path home) {
            if (folder != null) {
                return home.resolve(folder).normalize();
            }
            Path file = home.resolve(url.startsWith(SQLITE) ? url.substring(SQLITE.length()) : "data/x");
            Path parent = file.normalize().getParent();
            return parent == null ? home : parent;
        }
    }

    /**
     * How long deliveries are tried.
     *
     * @param automatic the same for what no person asked for
     * @param pause whether a conversation then waits for a person instead of going on
     * @param atOnce how many to one channel or desk may be under way
     */
    public record Delivery(Duration giveUpAfter, Duration automatic, boolean pause, int atOnce) {
        static Delivery of(SettingValues values) {
            return new Delivery(
                    values.get(GatewaySettings.GIVE_UP_AFTER),
                    values.get(GatewaySettings.GIVE_UP_AUTOMATIC_AFTER),
                    values.get(GatewaySettings.ON_GIVE_UP) == GatewaySettings.OnGiveUp.PAUSE,
                    values.get(GatewaySettings.AT_ONCE));
        }
    }

    /**
     * How pictures and files are fetched.
     *
     * @param patience how long a message waits for them
     * @param maxSize the largest that is fetched, in bytes
     */
    public record Media(Duration patience, long maxSize) {}
}
