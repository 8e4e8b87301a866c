// SPDX-License-Identifier: Apache-2.0
package io.dragoman.desk.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Desk;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The domain in which customers get addresses at a helpdesk. */
final class DeskDomainTest {
    @ParameterizedTest
    @CsvSource({
        "customers.example.com, true",
        "k\u00fcnden.example, true",
        "not a domain @x, false",
        "@customers.example.com, false",
        "https://customers.example.com, false",
        "localhost, false"
    })
    void domainShouldBeOne(String domain, boolean good) throws Exception {
        Desk desk = (Desk) new HttpDesk().profile("zammad", Path.of("no-home"));
        Account any = AnyAccount.of(desk);
        Map<String, Object> values = new HashMap<>(any.values());
        values.put("domain", domain);
        Account account = new Account(any.side(), any.id(), any.kind(), values, false, any.home());
        assertThat(desk.problems(account).isEmpty()).isEqualTo(good);
    }
}
