// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestAuthority;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustTest {
    @Test
    void theSystemsAuthoritiesStayTrustedUnlessOnlyTheOwnAreWanted(@TempDir Path folder) throws Exception {
        List<X509Certificate> own = PemFile.read(
                        new TestAuthority(folder, "Shop Root").pem().toString(), folder)
                .certificates();
        List<X509Certificate> system = List.of(Trust.SYSTEM.judge().getAcceptedIssuers());

        assertThat(system).isNotEmpty();
        assertThat(new Trust(own, false).judge().getAcceptedIssuers())
                .containsAll(system)
                .containsAll(own);
        assertThat(new Trust(own, true).judge().getAcceptedIssuers()).containsExactlyElementsOf(own);
    }
}
