// SPDX-License-Identifier: Apache-2.0
package io.dragoman.profile;

import io.dragoman.connector.Account;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a person does at the provider so that it posts to an account. */
final class CallbackStep {
    private static final String CALLBACK = "{callback}";
    private static final String NOWHERE = "https://gateway.example";

    private CallbackStep() {}

    /** The steps that the profile has, else a sentence with the address; a secret that it must have is named, not shown. */
    static List<String> of(Profile profile, Account account) {
        String address = address(profile, account);
        List<String> steps = new ArrayList<>(in(profile.setUpTexts(), address));
        if (profile.setUpTexts().stream().noneMatch(text -> text.contains(CALLBACK))) {
            steps.add("in the provider's settings: set the address for incoming messages and delivery reports to "
                    + address);
        }
        return steps;
    }

    /** Steps with an address in them. */
    static List<String> in(List<String> steps, String address) {
        return steps.stream().map(step -> step.replace(CALLBACK, address)).toList();
    }

    /** The address of any account, as pages show it. */
    static String example(Profile profile) {
        Side side = profile.side();
        Map<String, Object> values = new HashMap<>();
        for (Setting<?> setting : profile.settings()) {
            if (setting.type() == Setting.Type.SECRET) {
                values.put(setting.name(), new Secret(place(setting.name())));
            }
        }
        Account.Installation here = new Account.Installation(URI.create(NOWHERE), new Secret("of no gateway"));
        String address = profile.callback(new Account(side, "ID", "http", values, false, here));
        return "`" + address.replace(NOWHERE, "<publicUrl>").replace("/ID", "/<id>") + "`";
    }

    private static String place(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    }

    private static String address(Profile profile, Account account) {
        Map<String, Object> values = new HashMap<>(account.values());
        Map<String, String> names = new HashMap<>();
        account.values().forEach((name, value) -> {
            if (value instanceof Secret) {
                names.put(place(name), name);
                values.put(name, new Secret(place(name)));
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
        return address + String.join(" and", inPlace);
    }
}
