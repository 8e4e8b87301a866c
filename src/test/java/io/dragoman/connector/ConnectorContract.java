// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * What every connector must do, as tests: the test of a connector implements this, and beside it {@link
 * WebhookContract} when somebody posts to it and {@link HttpSendContract} when it sends over HTTP. Names begin with
 * {@code contract} so that they never hide a test of the connector's own.
 */
public interface ConnectorContract {
    /** The one under test. */
    Connector connector();

    /** A whole account that is not {@code insecure}, whose provider is at this address. */
    Account account(URI provider);

    /** Whatever must never be shown: the values of the account's secrets. */
    List<String> secrets();

    /** An account whose provider nobody asks. */
    default Account account() {
        return account(URI.create("http://127.0.0.1:9"));
    }

    @Test
    default void contractKindIsTheFolder() {
        String folder = connector().getClass().getPackageName();
        String side = connector().side().word();
        String word = connector().kind().replace("-", ""); // which no package may have
        assertThat(folder).isEqualTo("io.dragoman." + side + "." + word);
        assertThat(account().kind()).isEqualTo(connector().kind());
    }

    @Test
    default void contractIsFoundByItsKind() {
        assertThat(ServiceLoader.load(Connector.class))
                .filteredOn(found -> found.kind().equals(connector().kind()))
                .hasExactlyElementsOfTypes(connector().getClass());
    }

    @Test
    default void contractSettingsExplainThemselves() {
        assertThat(connector().description()).endsWith(".").hasSizeGreaterThan(15);
        assertThat(connector().settings()).extracting(Setting::name).doesNotHaveDuplicates();
        for (Setting<?> setting : connector().settings()) {
            assertThat(setting.name()).matches("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*");
            assertThat(setting.description())
                    .as(setting.name())
                    .endsWith(".")
                    .hasSizeGreaterThan(15)
                    .matches("[A-Z0-9].*");
            assertThat(setting.required() && setting.fallback() != null)
                    .as(setting.name() + " is required and has a default")
                    .isFalse();
            if (setting.fallback() != null) {
                assertThat(setting.parser().apply(setting.fallback()))
                        .as(setting.name())
                        .isNotNull();
            }
        }
    }

    @Test
    default void contractSecretsHaveTheirType() {
        for (Setting<?> setting : connector().settings()) {
            String name = setting.name().toLowerCase(Locale.ROOT);
            if (name.matches(".*(password|token|secret|apikey)")) {
                assertThat(setting.type()).as(setting.name()).isEqualTo(Setting.Type.SECRET);
            }
        }
    }

    @Test
    default void contractAccountIsAcceptedAndComplete() {
        List<String> names =
                connector().settings().stream().<String>map(Setting::name).toList();
        assertThat(account().values().keySet()).isSubsetOf(names);
        assertThat(connector().problems(account())).isEmpty();
        assertThat(account().insecure()).isFalse();
    }

    @Test
    default void contractProblemsAreFoundWhereASettingIsNoGood() {
        for (Setting<?> setting : connector().settings()) {
            if (setting.fallback() == null) {
                Map<String, Object> others = new HashMap<>(account().values());
                others.remove(setting.name());
                Account poorer = new Account(
                        account().side(),
                        account().id(),
                        account().kind(),
                        others,
                        false,
                        account().home());
                assertThatCode(() -> connector().problems(poorer))
                        .as("without " + setting.name())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    default void contractShowsNoSecret() {
        Account account = account();
        List<String> shown =
                new ArrayList<>(List.of(account.toString(), connector().toString()));
        account.values().values().forEach(value -> shown.add(value.toString()));
        connector().settings().forEach(setting -> shown.add(setting.toString()));
        shown.addAll(connector().problems(account));
        assertThat(secrets()).isNotEmpty();
        assertThat(shown).allSatisfy(text -> assertThat(text).doesNotContain(secrets()));
    }

    /** Where the classes beside it are looked for. */
    default List<Class<?>> classes() {
        return ConnectorClasses.beside(connector());
    }

    @Test
    default void contractClassesBesideItShowNoSecret() {
        for (String secret : secrets()) {
            assertThat(ConnectorClasses.texts(classes(), account(), secret))
                    .allSatisfy(text -> assertThat(text).doesNotContain(secrets()));
        }
    }

    @Test
    default void contractWhoCanBeAskedIsAsked() {
        assertThat(connector().retrySafety() == RetrySafety.QUERYABLE)
                .isEqualTo(connector() instanceof DeliveryLookup<?>);
    }

    @Test
    default void contractLimitsMakeSense() {
        if (!(connector() instanceof Channel channel)) {
            return;
        }
        Limits limits = channel.limits(account());
        assertThat(limits.text()).isPositive();
        assertThat(List.of(limits.caption(), limits.buttons(), limits.rows(), limits.choiceText()))
                .allMatch(figure -> figure >= 0);
        if (limits.buttons() + limits.rows() > 0) {
            assertThat(limits.choiceText()).isPositive();
            assertThat(limits.choiceTitle()).isPositive();
        }
        assertThat(limits.media().values()).allMatch(limit -> limit.largest() > 0);
    }
}
