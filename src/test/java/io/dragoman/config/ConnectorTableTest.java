// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What connectors say of themselves, and the table that is made of it. */
final class ConnectorTableTest {
    @Test
    void everyConnectorShouldSayWhatItCanDo() {
        assertThat(Connectors.installed()).isNotEmpty().allSatisfy(connector -> {
            assertThat(connector.features().receives()).as(connector.kind()).isNotBlank();
            assertThat(connector.features().sends()).as(connector.kind()).isNotBlank();
        });
    }

    @Test
    void neededSettingsShouldBeThoseThatThereAre() {
        assertThat(Connectors.installed()).allSatisfy(connector -> {
            List<String> needed = connector.features().needs().stream()
                    .flatMap(need -> Arrays.stream(need.split(" or ")))
                    .toList();
            assertThat(namesAndGroups(connector)).as(connector.kind()).containsAll(needed);
            assertThat(needed).as(connector.kind()).containsAll(required(connector));
        });
    }

    @Test
    void aRowShouldShowTheFeatures() {
        Features features = Features.receives("talk | song").sends("words").needs("token", "cage or name");
        assertThat(ConnectorTable.row("`parrot`", features))
                .isEqualTo("| `parrot` | talk \\| song | words | | | `token`, `cage` or `name` |\n");
    }

    @Test
    void pageOfChannelsShouldHoldTheTable() {
        assertThat(ChannelPages.of(TestConnector.ALL)).contains("\n\n" + ConnectorTable.of(TestConnector.ALL) + "\n");
    }

    private static List<String> required(Connector connector) {
        return connector.settings().stream()
                .filter(Setting::required)
                .<String>map(Setting::name)
                .filter(name -> !name.contains("."))
                .toList();
    }

    private static List<String> namesAndGroups(Connector connector) {
        return connector.settings().stream()
                .<String>map(Setting::name)
                .flatMap(name -> Stream.of(name, name.replaceFirst("\\..*", "")))
                .distinct()
                .collect(Collectors.toList());
    }
}
