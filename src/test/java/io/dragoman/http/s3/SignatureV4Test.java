// SPDX-License-Identifier: Apache-2.0
package io.dragoman.http.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Secret;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of the S3 API's documentation, "Signature Calculations for the Authorization Header". */
final class SignatureV4Test {
    private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");
    private final SignatureV4 signature = new SignatureV4(
            "us-east-1", "AKIAIOSFODNN7EXAMPLE", new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));

    @Test
    void getOfAnObjectShouldBeSignedAsDocumented() {
        Map<String, String> headers = signature.sign(
                "GET",
                "/test.txt",
                Map.of("host", "examplebucket.s3.amazonaws.com", "range", "bytes=0-9"),
                SignatureV4.EMPTY,
                THEN);
        assertThat(headers.get("authorization"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void putOfAnObjectShouldBeSignedAsDocumented() {
        Map<String, String> headers = signature.sign(
                "PUT",
                "/test%24file.text",
                Map.of(
                        "host", "examplebucket.s3.amazonaws.com",
                        "date", "Fri, 24 May 2013 00:00:00 GMT",
                        "x-amz-storage-class", "REDUCED_REDUNDANCY"),
                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
                THEN);
        assertThat(headers.get("authorization"))
                .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }
}
