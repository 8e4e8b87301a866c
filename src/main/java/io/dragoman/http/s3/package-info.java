// SPDX-License-Identifier: Apache-2.0
/** Media in a bucket of an S3-compatible object store: the few calls that takes, signed with Signature Version 4. */
@NullMarked
package io.dragoman.http.s3;

import org.jspecify.annotations.NullMarked;
