// SPDX-License-Identifier: Apache-2.0
/** Several gateways in one process: their life, the ports that they share, and whose a log line is. */
@NullMarked
package io.dragoman.tenant;

import org.jspecify.annotations.NullMarked;
