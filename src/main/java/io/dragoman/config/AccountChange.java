// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import io.dragoman.config.EditRefused.Why;
import io.dragoman.config.WrittenAccount.Form;
import io.dragoman.config.WrittenAccount.WrittenSetting;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.yaml.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be set and removed so that an account has the settings that somebody gave.
 *
 * @param set by name, with dots for levels, the kind first
 * @param remove by name
 */
record AccountChange(Map<String, String> set, Set<String> remove) {
    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]*(\\.[A-Za-z][A-Za-z0-9_-]*){0,4}";

    /**
     * Works it out.
     *
     * @param now as it is written; null for one that is new
     */
    static AccountChange of(
            @Nullable WrittenAccount now,
            ConnectorKinds kinds,
            Side side,
            String kind,
            Map<String, @Nullable String> given)
            throws EditRefused {
        Map<String, String> set = new LinkedHashMap<>();
        Set<String> remove = new HashSet<>();
        set.put(AccountReader.KIND.name(), kind);
        given.forEach((name, text) -> {
            if (text == null || text.isEmpty()) {
                remove.add(name);
            } else {
                set.put(name, text);
            }
        });
        String profile = set.get(Profiled.SETTING);
        refuseWhatCannotBeWritten(side, kinds.find(side, kind, profile), set);
        if (now != null) {
            boolean same = now.kind().equals(kind) && java.util.Objects.equals(now.profile(), profile);
            now.settings().stream()
                    .filter(setting -> !set.containsKey(setting.name()))
                    .filter(setting -> !same || (setting.known() && setting.form() == Form.TEXT))
                    .map(WrittenSetting::name)
                    .forEach(remove::add);
        }
        return new AccountChange(set, remove);
    }

    private static void refuseWhatCannotBeWritten(Side side, Optional<Connector> connector, Map<String, String> set)
            throws EditRefused {
        List<Problem> problems = new ArrayList<>();
        String file = Sources.label(side.word() + "s");
        for (Map.Entry<String, String> given : set.entrySet()) {
            if (!given.getKey().matches(NAME)) {
                problems.add(new Problem(
                        file,
                        0,
                        0,
                        "",
                        "has no setting of such a name: one is letters, digits, - and _, with dots for levels.",
                        false));
            } else if (isSecret(connector, given.getKey()) && !Placeholders.isOne(given.getValue())) {
                problems.add(new Problem(file, 0, 0, given.getKey(), secretProblem(given.getValue()), false));
            }
        }
        if (!problems.isEmpty()) {
            throw new EditRefused(Why.INVALID, "The configuration would not work; nothing was changed.", problems);
        }
    }

    private static String secretProblem(String value) {
        return Placeholders.in(value)
                ? "has something beside its reference, which would stand in the file for all to read. Put the whole"
                        + " value where the reference leads, and write the reference alone."
                : "is a secret and must be a reference: ${file:secrets/NAME} for what `./dragoman secret NAME` keeps"
                        + " there, or ${env:NAME} for a variable of the gateway's environment.";
    }

    private static boolean isSecret(Optional<Connector> connector, String name) {
        return connector
                .filter(found -> ConnectorKinds.settings(found).stream()
                        .anyMatch(setting -> setting.name().equals(name) && setting.type() == Setting.Type.SECRET))
                .isPresent();
    }
}
