// SPDX-License-Identifier: Apache-2.0
/** Whom connections trust: the system's authorities, and those that an account names. */
@NullMarked
package io.dragoman.connector.tls;

import org.jspecify.annotations.NullMarked;
