#include "prospects/assessor.hpp"

#include <gtest/gtest.h>
