# Checks the rooms: which may include which, what a public header may include, and that every source
# of the library has its test.
#
#   cmake [-DROOT=<tree>] -P tests/layers.cmake
cmake_minimum_required(VERSION 3.25)

if(NOT DEFINED ROOT)
  cmake_path(SET ROOT NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/..")
endif()

# What each room may include beside itself.
set(may_include_base)
set(may_include_graph base)
set(may_include_tables base)
set(may_include_ingest base tables graph)
set(may_include_chain base graph)
set(may_include_links base graph chain)
set(may_include_prospects base graph chain links)
set(may_include_report base graph chain links prospects)
set(library_rooms base graph tables ingest chain links prospects report)
set(may_include_cli ${library_rooms})
set(may_include_server ${library_rooms})
set(rooms ${library_rooms} cli server)

# Sources of the library without a test of their own name: "<source>=<reason>".
set(untested
    "src/graph/freeze.cpp=what GraphBuilder::build() does; builder_test.cpp checks it"
    "src/graph/freeze_plain.cpp=what GraphBuilder::build() does of relations without attributes; builder_test.cpp checks it"
    "src/base/region_names.cpp=the names find_region() matches; region_test.cpp checks them through it"
    "src/chain/economy.cpp=what GapFinder looks up once; gaps_test.cpp checks it"
    "src/chain/gap_search.cpp=the search behind find_gaps() and survey_gaps(); gaps_test.cpp and gap_survey_test.cpp check it"
    "src/chain/input_rules.cpp=which `requires` count; demand_test.cpp and total_requirement_test.cpp check it"
    "src/chain/product_space.cpp=what find_directions() counts; relatedness_test.cpp checks it"
    "src/tables/table_writer.cpp=the way csv.cpp and json_rows.cpp fill a Table, and their tests check it"
    "src/tables/workbook.cpp=what readers of workbooks share; xlsx_test.cpp checks it"
    "src/tables/xml_reader.cpp=the way to the parser; xlsx_test.cpp checks it")
foreach(step directory firm_reader firm_statements input_tables plain_reader product_support relation_reader
             scope_inference segment_reader segment_registry sources part_of_reader)
  list(APPEND untested "src/ingest/${step}.cpp=a step of ingest(), and ingest_test.cpp checks it through the whole")
endforeach()

set(broken 0)
set(files 0)

function(refuse words)
  message(NOTICE "${words}")
  math(EXPR count "${broken} + 1")
  set(broken ${count} PARENT_SCOPE)
endfunction()

# One `#include`: `place` is file:line, `quote` the character it opens with.
macro(check_include place room public quote path)
  string(REGEX MATCH "^[^/]*" first "${path}")
  set(other)
  if(first STREQUAL "liantu")
    string(REGEX REPLACE "^liantu/([^/]*).*" "\\1" other "${path}")
    if(NOT other IN_LIST rooms)
      refuse("${place}: there is no room ${other}")
      set(other)
    endif()
  elseif("${quote}" STREQUAL "\"" AND first IN_LIST rooms)
    set(other ${first})
    if(${public})
      refuse("${place}: a public header must not include ${path} of src")
    endif()
  elseif("${path}" MATCHES "^\\.\\.?/|/\\.\\./")
    refuse("${place}: ${path} goes round the rooms; start it with the room")
  elseif(${public})
    if("${quote}" STREQUAL "\"")
      refuse("${place}: a public header must not include ${path} of src")
    elseif(first STREQUAL "boost" AND "${place}" MATCHES "^include/liantu/graph/boost(_[a-z]+)?\\.hpp:")
      # The bridge to Boost.Graph, which users opt into.
    elseif("${path}" MATCHES "[./]")
      # Headers of the standard library have neither folder nor ending.
      refuse("${place}: a public header must not include ${path}, which is third-party")
    endif()
  endif()
  if(other AND NOT other STREQUAL "${room}" AND NOT other IN_LIST may_include_${room})
    refuse("${place}: ${room} must not include ${other}")
  endif()
endmacro()

function(check_file file room public)
  file(READ "${ROOT}/${file}" text)
  # Lines become a list, and these characters mean something in one.
  string(REGEX REPLACE "[][;\\]" " " text "${text}")
  string(REPLACE "\n" ";" lines "${text}")
  set(number 0)
  foreach(line IN LISTS lines)
    math(EXPR number "${number} + 1")
    if(line MATCHES "^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"]+)[>\"]")
      check_include("${file}:${number}" ${room} ${public} "${CMAKE_MATCH_1}" "${CMAKE_MATCH_2}")
    endif()
  endforeach()
  set(broken ${broken} PARENT_SCOPE)
endfunction()

function(check_test source)
  string(REGEX REPLACE "^src/(.*)\\.cpp$" "tests/\\1_test.cpp" test "${source}")
  set(excused FALSE)
  foreach(entry IN LISTS untested)
    if(entry MATCHES "^([^=]*)=(.+)$" AND CMAKE_MATCH_1 STREQUAL source)
      set(excused TRUE)
    endif()
  endforeach()
  if(EXISTS "${ROOT}/${test}")
    if(excused)
      refuse("${source}: has its test; take it off the list in tests/layers.cmake")
    endif()
  elseif(NOT excused)
    refuse("${source}: no ${test}; write it, or give the reason in tests/layers.cmake")
  endif()
  set(broken ${broken} PARENT_SCOPE)
endfunction()

foreach(top include/liantu src)
  set(patterns)
  foreach(ending hpp h ipp inc cpp cc)
    list(APPEND patterns "${ROOT}/${top}/*.${ending}")
  endforeach()
  file(GLOB_RECURSE found RELATIVE "${ROOT}" ${patterns})
  foreach(file IN LISTS found)
    math(EXPR files "${files} + 1")
    string(REGEX REPLACE "^${top}/([^/]*).*" "\\1" room "${file}")
    if(NOT room IN_LIST rooms)
      refuse("${file}:1: there is no room ${room}")
      continue()
    endif()
    if(top STREQUAL "src")
      check_file(${file} ${room} FALSE)
      if(file MATCHES "\\.cpp$" AND room IN_LIST library_rooms)
        check_test(${file})
      endif()
    else()
      check_file(${file} ${room} TRUE)
    endif()
  endforeach()
endforeach()

if(files EQUAL 0)
  message(FATAL_ERROR "no source found under ${ROOT}")
endif()
if(broken GREATER 0)
  message(FATAL_ERROR "the rooms are broken in ${broken} places")
endif()
message(STATUS "OK: ${files} files keep to their rooms")
