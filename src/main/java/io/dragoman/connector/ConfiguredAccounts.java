// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All channels and desks of one configuration with the code for each. Immutable.
 *
 * @param policy how conversations go on between them; its desk is one of these
 * @param off the ids of channels and desks that are switched off: they are none of these, but will be back
 * @param hours the business hours that channels may show
 */
public record ConfiguredAccounts(
        Map<String, ConfiguredAccount> channels,
        Map<String, ConfiguredAccount> desks,
        ConversationPolicy policy,
        Set<String> off,
        OpeningHours hours) {
    public ConfiguredAccounts {
        channels = Map.copyOf(channels);
        desks = Map.copyOf(desks);
        off = Set.copyOf(off);
    }

    /** Without business hours. */
    public ConfiguredAccounts(
            Map<String, ConfiguredAccount> channels,
            Map<String, ConfiguredAccount> desks,
            ConversationPolicy policy,
            Set<String> off) {
        this(channels, desks, policy, off, OpeningHours.NONE);
    }

    /** With nothing switched off. */
    public ConfiguredAccounts(
            Map<String, ConfiguredAccount> channels, Map<String, ConfiguredAccount> desks, ConversationPolicy policy) {
        this(channels, desks, policy, Set.of());
    }

    /**
     * Puts accounts and code together.
     *
     * @param connectors the code, which must have every account's kind
     */
    public static ConfiguredAccounts of(
            List<Account> channels,
            List<Account> desks,
            List<Connector> connectors,
            ConversationPolicy policy,
            Set<String> off,
            OpeningHours hours) {
        return new ConfiguredAccounts(
                configured(channels, connectors), configured(desks, connectors), policy, off, hours);
    }

    private static Map<String, ConfiguredAccount> configured(List<Account> accounts, List<Connector> connectors) {
        Map<String, ConfiguredAccount> configured = new LinkedHashMap<>();
        for (Account account : accounts) {
            Connector connector = connectors.stream()
                    .filter(one -> one.speaksFor(account))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            account.id() + " has no connector for its kind " + account.kind()));
            configured.put(account.id(), ConfiguredAccount.of(account, connector));
        }
        return configured;
    }

    /** These with those of {@code next} added or in their place; what {@code next} does not have stays. */
    public ConfiguredAccounts with(ConfiguredAccounts next) {
        return new ConfiguredAccounts(
                joined(channels, next.channels, next.desks),
                joined(desks, next.desks, next.channels),
                policy,
                off,
                hours);
    }

    private static Map<String, ConfiguredAccount> joined(
            Map<String, ConfiguredAccount> before,
            Map<String, ConfiguredAccount> next,
            Map<String, ConfiguredAccount> otherSide) {
        Map<String, ConfiguredAccount> joined = new HashMap<>(before);
        joined.keySet().removeAll(otherSide.keySet());
        joined.putAll(next);
        return joined;
    }

    /** A channel or desk by its id. */
    public Optional<ConfiguredAccount> find(String id) {
        return Optional.ofNullable(channels.getOrDefault(id, desks.get(id)));
    }

    /**
     * Whether a conversation's desk was taken out of the configuration and another takes its place. Without a default
     * desk that runs none does: what goes there waits.
     */
    public boolean isGone(@Nullable String desk) {
        return desk != null
                && !desks.containsKey(desk)
                && !off.contains(desk)
                && policy.desk() != null
                && desks.containsKey(policy.desk());
    }

    /** The desk that has a conversation now: the default one in the place of one that is gone. */
    public @Nullable String deskFor(@Nullable String desk) {
        return isGone(desk) ? policy.desk() : desk;
    }

    /** Whether there is a desk of this id that can have conversations. */
    public boolean takesConversations(String desk) {
        return Optional.ofNullable(desks.get(desk))
                .filter(found -> !DeskPolicy.of(found.account()).archive())
                .isPresent();
    }

    /** How a desk is a bot; empty for one that is none. */
    public Optional<BotPolicy> bot(@Nullable String desk) {
        return Optional.ofNullable(desk == null ? null : desks.get(desk))
                .flatMap(found -> BotPolicy.of(found.account()));
    }

    /** The ids of the desks that get a copy of every message. */
    public List<String> archives() {
        return desks.keySet().stream()
                .filter(desk -> !takesConversations(desk))
                .sorted()
                .toList();
    }

    /** Whether there is a channel or desk of this id, switched off or not. */
    public boolean knows(String id) {
        return find(id).isPresent() || off.contains(id);
    }

    /** The kind of each channel, by its id. */
    public Map<String, String> channelKinds() {
        return channels.values().stream()
                .map(ConfiguredAccount::account)
                .collect(Collectors.toMap(Account::id, Account::kind));
    }

    /** Channels and desks. */
    public Stream<ConfiguredAccount> all() {
        return Stream.concat(channels.values().stream(), desks.values().stream());
    }
}
