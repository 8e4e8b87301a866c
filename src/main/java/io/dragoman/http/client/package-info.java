// SPDX-License-Identifier: Apache-2.0
/** The one door out: HTTP and SMTP through Camel, guarded, capped, and honest about what may have been sent. */
@NullMarked
package io.dragoman.http.client;

import org.jspecify.annotations.NullMarked;
