#include "prospects/reasons.hpp"

#include <gtest/gtest.h>
