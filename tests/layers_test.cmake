# Checks that layers.cmake accepts a small tree that is in order and refuses broken ones, with the
# right words.
#
#   cmake -DWORK=<scratch folder> -P tests/layers_test.cmake
cmake_minimum_required(VERSION 3.25)

if(NOT DEFINED WORK)
  message(FATAL_ERROR "say with -DWORK=<folder> where small trees may be made")
endif()
set(tree "${WORK}/layers_test")

# A tree in which everything is in order.
function(make_sound_tree)
  file(REMOVE_RECURSE "${tree}")
  file(WRITE "${tree}/src/base/CMakeLists.txt" "liantu_room(\n  base\n  HEADERS\n    a.hpp)\n")
  file(WRITE "${tree}/src/graph/CMakeLists.txt" "liantu_room(\n  graph\n  MAY_USE base\n  SOURCES\n    x.cpp)\n")
  file(WRITE "${tree}/src/ingest/CMakeLists.txt" "liantu_room(ingest MAY_USE base graph)\n")
  file(WRITE "${tree}/src/chain/economy/CMakeLists.txt" "liantu_room(chain/economy MAY_USE base graph)\n")
  file(WRITE "${tree}/src/links/paths/CMakeLists.txt" "liantu_room(links/paths MAY_USE base graph)\n")
  file(WRITE "${tree}/src/links/scorers/CMakeLists.txt"
       "liantu_room(links/scorers MAY_USE base graph chain links/paths)\n")
  file(WRITE "${tree}/src/links/CMakeLists.txt" "liantu_room(links MAY_USE base graph links/draw)\n")
  file(WRITE "${tree}/src/links/draw/CMakeLists.txt" "liantu_room(links/draw MAY_USE base liantu/links)\n")
  file(WRITE "${tree}/src/report/CMakeLists.txt" "liantu_room(\n  report\n  MAY_USE base graph chain links)\n")
  file(WRITE "${tree}/src/links/scorers/katz.hpp"
       "#include \"links/paths/walk.hpp\"\n#include \"liantu/chain/economy/demand.hpp\"\n")
  file(WRITE "${tree}/src/links/draw/pen.hpp" "#include \"liantu/links/options.hpp\"\n")
  file(WRITE "${tree}/include/liantu/base/a.hpp" "#pragma once\n#include <vector>\n")
  file(WRITE "${tree}/include/liantu/graph/boost.hpp"
       "#pragma once\n#include <boost/graph/graph_traits.hpp>\n#include \"liantu/base/a.hpp\"\n")
  file(WRITE "${tree}/src/graph/x.cpp"
       "#include \"graph/inner.hpp\"\n#include <fmt/format.h>\nint a[] = {1};\n"
       "// #include \"liantu/links/y.hpp\"\n")
  file(WRITE "${tree}/src/graph/inner.hpp" "#include \"liantu/base/a.hpp\"\n")
  file(WRITE "${tree}/tests/graph/x_test.cpp" "#include \"liantu/graph/x.hpp\"\n")
  file(WRITE "${tree}/src/cli/main.cpp"
       "#include \"cli/verbs.hpp\"\n#include \"liantu/report/dot.hpp\"\n")
endfunction()

function(run_layers result words)
  execute_process(
    COMMAND "${CMAKE_COMMAND}" "-DROOT=${tree}" -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/layers.cmake"
    RESULT_VARIABLE code OUTPUT_VARIABLE out ERROR_VARIABLE err)
  set(${result} ${code} PARENT_SCOPE)
  set(${words} "${out}${err}" PARENT_SCOPE)
endfunction()

set(failed 0)

function(expect_refused file text expected)
  make_sound_tree()
  file(WRITE "${tree}/${file}" "${text}")
  run_layers(code words)
  string(FIND "${words}" "${expected}\n" at)
  if(code EQUAL 0 OR at EQUAL -1)
    message(NOTICE "expected a refusal with `${expected}`, got ${code}:\n${words}")
    math(EXPR count "${failed} + 1")
    set(failed ${count} PARENT_SCOPE)
  endif()
endfunction()

make_sound_tree()
run_layers(code words)
if(NOT code EQUAL 0 OR NOT words MATCHES "OK: 7 files keep to their rooms")
  message(NOTICE "expected the sound tree to pass, got ${code}:\n${words}")
  set(failed 1)
endif()

expect_refused(include/liantu/base/b.hpp "#pragma once\nnamespace liantu {\nint b();\n}\n"
               "include/liantu/base/b.hpp: a shared library would hide it; write namespace LIANTU_API liantu")
expect_refused(src/links/paths/walk.hpp "#include \"links/scorers/katz.hpp\"\n"
               "src/links/paths/walk.hpp:1: links/paths must not include links/scorers")
expect_refused(src/links/draw/pen.hpp "#include \"links/options.hpp\"\n"
               "src/links/draw/pen.hpp:1: links/draw must not include links")
expect_refused(src/links/draw/pen.hpp "#include \"liantu/links/paths/scores.hpp\"\n"
               "src/links/draw/pen.hpp:1: links/draw must not include links/paths")
expect_refused(src/graph/x.cpp "int a[] = {1; 2};\n\n#include \"liantu/links/paths/scores.hpp\"\n"
               "src/graph/x.cpp:3: graph must not include links/paths")
expect_refused(src/graph/x.cpp "#  include <liantu/links/paths/scores.hpp>\n"
               "src/graph/x.cpp:1: graph must not include links/paths")
expect_refused(src/graph/inner.hpp "#include \"chain/economy/demand.hpp\"\n"
               "src/graph/inner.hpp:1: graph must not include chain/economy")
expect_refused(include/liantu/base/b.hpp "#include \"liantu/graph/x.hpp\"\n"
               "include/liantu/base/b.hpp:1: base must not include graph")
expect_refused(include/liantu/report/r.hpp "\n#include \"liantu/ingest/x.hpp\"\n"
               "include/liantu/report/r.hpp:2: report must not include ingest")
expect_refused(src/report/inner.hpp "#include \"cli/verbs.hpp\"\n"
               "src/report/inner.hpp:1: report must not include cli")
expect_refused(src/server/s.cpp "#include \"cli/verbs.hpp\"\n"
               "src/server/s.cpp:1: server must not include cli")
expect_refused(include/liantu/graph/b.hpp "#include \"graph/inner.hpp\"\n"
               "include/liantu/graph/b.hpp:1: a public header must not include graph/inner.hpp of src")
expect_refused(include/liantu/graph/b.hpp "#include \"inner.hpp\"\n"
               "include/liantu/graph/b.hpp:1: a public header must not include inner.hpp of src")
foreach(header rapidjson/document.h xgboost/c_api.h expat.h unicode/unistr.h
               absl/container/flat_hash_map.h fmt/format.h boost/graph/graph_traits.hpp)
  expect_refused(include/liantu/graph/b.hpp "#include <${header}>\n"
    "include/liantu/graph/b.hpp:1: a public header must not include ${header}, which is third-party")
endforeach()
expect_refused(src/graph/inner.hpp "#include \"../links/y.hpp\"\n"
               "src/graph/inner.hpp:1: ../links/y.hpp goes round the rooms; start it with the room")
expect_refused(src/graph/inner.hpp "#include \"liantu/cellar/y.hpp\"\n"
               "src/graph/inner.hpp:1: there is no room cellar")
expect_refused(src/graph/x.cpp "void f() {\n  std::ranges::unique(list)\n}\n"
               "src/graph/x.cpp:2: clang 14 does not compile std::ranges::unique of this C++ library")
expect_refused(src/cellar/y.cpp "\n" "src/cellar/y.cpp:1: there is no room cellar")
expect_refused(src/graph/z.cpp "\n"
  "src/graph/z.cpp: no tests/graph/z_test.cpp; write it, or give the reason in tests/layers.cmake")

file(REMOVE_RECURSE "${tree}")
run_layers(code words)
if(code EQUAL 0 OR NOT words MATCHES "no source found")
  message(NOTICE "expected an empty tree to be refused, got ${code}:\n${words}")
  math(EXPR failed "${failed} + 1")
endif()

if(failed GREATER 0)
  message(FATAL_ERROR "${failed} expectations failed")
endif()
message(STATUS "OK: layers.cmake refuses what it should")
