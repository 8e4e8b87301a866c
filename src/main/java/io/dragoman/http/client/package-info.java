// SPDX-License-Identifier: Apache-2.0
/** HTTP on its way out, on Apache HttpClient 5: guarded, capped, and honest about what may have been sent. */
@NullMarked
package io.dragoman.http.client;

import org.jspecify.annotations.NullMarked;
