// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One configured channel or desk. Immutable.
 *
 * @param side whether it is a channel or a desk
 * @param id the name in the configuration, unique among channels and desks
 * @param kind the connector's kind
 * @param values the settings' values by name, absent ones left out, defaults filled in
 * @param insecure whether the operator accepts unauthenticated requests
 * @param home the gateway that it belongs to
 */
public record Account(
        Side side, String id, String kind, Map<String, Object> values, boolean insecure, Installation home) {
    public Account {
        values = Map.copyOf(values);
    }

    /** The value of a setting that is required or has a default. */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() ->
                        new IllegalStateException(id + " has no " + setting.name() + "; checking must refuse it"));
    }

    /** The value of a setting, where there is one. */
    @SuppressWarnings("unchecked") // the value was made by this setting's parser
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting.name()));
    }

    /** Whether a group such as {@code imap} is configured. */
    public boolean has(String group) {
        return values.keySet().stream().anyMatch(name -> name.startsWith(group + "."));
    }

    /** What becomes of an agent's reply of which it is unknown whether it was sent. */
    public OnUncertain onUncertain() {
        return find(OnUncertain.SETTING).orElse(OnUncertain.REPEAT);
    }

    /** Whom connections to its servers trust. */
    public Trust trust() {
        return find(Trust.CA)
                .map(file -> new Trust(file.certificates(), find(Trust.ONLY).orElse(false)))
                .orElse(Trust.SYSTEM);
    }

    /** The path of the public port where this account's webhooks come in. */
    public String path() {
        return side.path(id);
    }

    /** Where the outside world posts to this account. */
    public URI callback() {
        return URI.create(home.publicUrl() + path());
    }

    /** The same account at another gateway. */
    public Account at(Installation other) {
        return new Account(side, id, kind, values, insecure, other);
    }

    /** A key for one purpose of this account, that only this installation can make. */
    public byte[] key(String purpose) {
        return Signature.hmac("HmacSHA256", home.key().bytes(), (purpose + "|" + id).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Account[" + id + ", " + kind + "]";
    }

    /**
     * The gateway itself.
     *
     * @param publicUrl where the outside world reaches it, without a trailing slash
     * @param key made at the first start and kept with the data
     */
    public record Installation(URI publicUrl, Secret key) {}
}
