// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.TestAuthority;
import io.dragoman.connector.PemFile;
import io.dragoman.connector.Trust;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustContextTest {
    @Test
    void theSystemsAuthoritiesStayTrustedUnlessOnlyTheOwnAreWanted(@TempDir Path folder) throws Exception {
        List<X509Certificate> own = PemFile.read(
                        new TestAuthority(folder, "Shop Root").pem().toString(), folder)
                .certificates();
        List<X509Certificate> system = List.of(TrustContext.judge(Trust.SYSTEM).getAcceptedIssuers());

        assertThat(system).isNotEmpty();
        assertThat(TrustContext.judge(new Trust(own, false)).getAcceptedIssuers())
                .containsAll(system)
                .containsAll(own);
        assertThat(TrustContext.judge(new Trust(own, true)).getAcceptedIssuers())
                .containsExactlyElementsOf(own);
    }
}
