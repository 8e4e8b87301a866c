// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import io.dragoman.connector.Account;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The addresses under which this mailbox is known. Mail from there is our own come back. */
public record OwnAddresses(Set<String> all) {
    public OwnAddresses {
        all = Set.copyOf(all);
    }

    public static OwnAddresses of(Account account) {
        Set<String> all = new LinkedHashSet<>();
        all.add(account.get(EmailSettings.ADDRESS).trim().toLowerCase(Locale.ROOT));
        for (String alias : account.find(EmailSettings.ALIASES).orElse("").split(",")) {
            if (!alias.isBlank()) {
                all.add(alias.trim().toLowerCase(Locale.ROOT));
            }
        }
        return new OwnAddresses(all);
    }

    /** Whether an address is in a domain of ours. */
    boolean shareDomain(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        String domain = lower.substring(lower.lastIndexOf('@'));
        return all.stream().anyMatch(own -> own.endsWith(domain));
    }

    /** Whether an address is one of ours, with or without something after a plus. */
    public boolean has(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        int plus = lower.indexOf('+');
        return all.contains(lower)
                || (plus > 0 && plus < at && all.contains(lower.substring(0, plus) + lower.substring(at)));
    }
}
