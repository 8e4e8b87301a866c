// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a person enters at the provider so that it posts to an account. */
final class CallbackStep {
    private CallbackStep() {}

    /** A sentence with the address; a secret that it must have is named, not shown. */
    static String of(Profile profile, Account account) {
        Map<String, Object> values = new HashMap<>(account.values());
        Map<String, String> names = new HashMap<>();
        account.values().forEach((name, value) -> {
            if (value instanceof Secret) {
                String place = name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
                names.put(place, name);
                values.put(name, new Secret(place));
            }
        });
        String address = profile.callback(
                new Account(account.side(), account.id(), account.kind(), values, account.insecure(), account.home()));
        List<String> inPlace = new ArrayList<>();
        names.forEach((place, name) -> {
            if (address.matches(".*[/=]" + place + "(&.*)?")) {
                inPlace.add(" with the value of " + account.side().word() + "s." + account.id() + "." + name
                        + " in place of " + place);
            }
        });
        return "in the provider's settings: set the address for incoming messages and delivery reports to " + address
                + String.join(" and", inPlace);
    }
}
