// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.configure;

import io.dragoman.config.ConnectorKinds;
import io.dragoman.config.ConnectorKinds.Kind;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.SelfTest;
import io.dragoman.connector.Setting;
import io.dragoman.connector.Side;
import io.dragoman.connector.WritesFirst;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of channel and desk that can be added, with what a form for one needs. Thread-safe. */
public final class KindQueries {
    private final ConnectorKinds kinds;

    public KindQueries(ConnectorKinds kinds) {
        this.kinds = kinds;
    }

    /**
     * One kind; each profile is one too.
     *
     * @param kind the word for it in the configuration
     * @param profile what the setting {@code profile} must be; null where the kind has no profiles
     * @param title what people call it
     * @param setUp what is done at the provider first, in order
     * @param needs the settings, or groups of them, without which it cannot work, such as {@code imap or pop3}
     * @param writesFirst whether it can write to somebody who has not written
     * @param test whether an account of it can be looked at without sending anything
     */
    public record KindDescription(
            String kind,
            @Nullable String profile,
            String side,
            String title,
            String description,
            List<String> setUp,
            List<String> needs,
            boolean writesFirst,
            boolean test,
            List<SettingDescription> settings) {
        public KindDescription {
            setUp = List.copyOf(setUp);
            needs = List.copyOf(needs);
            settings = List.copyOf(settings);
        }
    }

    /**
     * One setting.
     *
     * @param name with dots for levels
     * @param fallback the value when it is absent; null for none
     * @param required whether it must be there; inside a group only when the group is
     * @param words the values to choose from
     * @param verifies whether only an insecure account can do without
     * @param common whether every kind takes it
     */
    public record SettingDescription(
            String name,
            Setting.Type type,
            String description,
            @Nullable String fallback,
            boolean required,
            List<String> words,
            boolean verifies,
            boolean common) {
        public SettingDescription {
            words = List.copyOf(words);
        }
    }

    /** Those of one side, or with null of both. */
    public List<KindDescription> list(@Nullable Side side) {
        return Stream.of(Side.values())
                .filter(one -> side == null || one == side)
                .flatMap(one -> kinds.of(one).stream())
                .map(KindQueries::described)
                .sorted(Comparator.comparing(KindDescription::side)
                        .thenComparing(kind -> kind.title().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static KindDescription described(Kind kind) {
        Connector connector = kind.connector();
        return new KindDescription(
                connector.kind(),
                kind.profile(),
                connector.side().word(),
                kind.title(),
                connector.description(),
                connector.features().setUp(),
                connector.features().needs(),
                connector instanceof WritesFirst,
                connector instanceof SelfTest,
                ConnectorKinds.settings(connector).stream()
                        .filter(setting ->
                                kind.profile() == null || !setting.name().equals(Profiled.SETTING))
                        .map(setting -> described(connector, setting))
                        .toList());
    }

    private static SettingDescription described(Connector connector, Setting<?> setting) {
        return new SettingDescription(
                setting.name(),
                setting.type(),
                setting.description(),
                setting.fallback(),
                setting.required(),
                setting.words(),
                setting.verifies(),
                ConnectorKinds.isCommon(connector, setting));
    }
}
